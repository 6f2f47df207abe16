// The box to type in. It is emptied at the moment of sending, so that the next question can be typed at once;
// a question that does not arrive (no network, a server that restarts, a page drawn anew) comes back into it.
window.certguideBox = (() => {
  const KEY = "certguide-box", PATIENCE = 6000;
  let held = { draft: "", sent: [] };
  try { held = { ...held, ...JSON.parse(sessionStorage.getItem(KEY)) }; } catch { /* a browser may refuse storage */ }
  const keep = () => { try { sessionStorage.setItem(KEY, JSON.stringify(held)); } catch { /* as above */ } };
  const box = () => document.querySelector("#question textarea");
  const put = (text) => {
    box().value = text;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("input", (event) => {
    if (event.target === box()) { held.draft = box().value; keep(); }
  });

  const empty = (text) => {
    if (box().value === text) put("");  // else the next question is being typed already
    if (text.trim()) held.sent.push(text.trim());
    keep();
    setTimeout(back, PATIENCE);
  };
  const arrived = (questions) => {
    held.sent = held.sent.filter((text) => !questions.some((question) => question.startsWith(text.slice(0, 100))));
    keep();
  };
  const back = () => {
    if (!box() || box().value) return;
    const text = held.draft || held.sent.shift();
    if (text) put(text);
  };
  return { empty, arrived, back };
})();
