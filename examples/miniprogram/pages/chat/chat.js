const { ask } = require("../../ask.js");

const app = getApp();

// What the bot writes is Markdown with marks [n]; here it is shown as plain text, the marks kept.
const plain = (text) => text.replace(/\*\*/g, "").replace(/^> ?/gm, "");

Page({
  data: { turns: [], question: "", region: app.globalData.region, busy: false, last: "" },
  session: null,

  onType(event) { this.setData({ question: event.detail.value }); },
  onRegion(event) { this.setData({ region: event.detail.value }); },
  onSend() { this.ask(this.data.question); },
  onSuggested(event) { this.ask(event.currentTarget.dataset.question); },

  onSource(event) {
    const { turn, source } = event.currentTarget.dataset;
    const key = `turns[${turn}].sources[${source}].open`;
    this.setData({ [key]: !this.data.turns[turn].sources[source].open });
  },

  ask(question) {
    if (this.data.busy || !question.trim()) return;
    const at = this.data.turns.length;
    const put = (values) => this.setData(Object.fromEntries(Object.entries(values).map(([name, value]) => [`turns[${at}].${name}`, value])));
    this.setData({ busy: true, question: "", last: `turn-${at}`, [`turns[${at}]`]: { question, text: "", sources: [], suggestions: [], notice: "", advice: "" } });
    let text = "";
    ask({
      server: app.globalData.server,
      body: { question, profile: { region: this.data.region || null }, session: this.session },
      onPiece: (piece) => put({ text: plain((text += piece)) }),
    }).then((answer) => {
      this.session = answer.session;
      const sources = answer.citations.map((one) => ({ ...one, open: false }));
      put({ text: plain(answer.answer), sources, suggestions: answer.suggestions, notice: answer.notice });
    }).catch((error) => {
      put({ advice: error.message });
      this.setData({ question });
    }).then(() => this.setData({ busy: false }));
  },
});
