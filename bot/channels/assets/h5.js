// The light page with JavaScript: answers come as they are written, what is tapped in them does something, a reload loses nothing.
// Without it the form is posted and the whole page comes back. What is shown is HTML of bot/rendering/, fetched once an answer is whole.
(function () {
  "use strict";
  if (!window.fetch || !window.Promise || !Element.prototype.closest) return;

  var root = document.documentElement, base = root.getAttribute("data-base"), language = root.lang;
  var say = JSON.parse(root.getAttribute("data-words"));
  var form = document.getElementById("ask"), log = document.getElementById("talk");
  var KEY = "certguide-h5", MOST = 10, MOST_EARLIER = 500, busy = false;
  var kept = { answers: [], session: null, region: "", earlier: [] };  // `earlier`: all that can be deleted, each id with its key
  root.classList.add("js");

  function keep() { try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (refused) { /* private windows refuse */ } }
  function recall() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (broken) { return null; }
  }
  function made(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }
  function clear(selector) {
    var found = document.querySelectorAll(selector);
    for (var i = 0; i < found.length; i++) found[i].parentNode.removeChild(found[i]);
  }
  function send(method, path, body) {
    return fetch(base + path, { method: method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  }
  function remove(own) {
    var parts = own.split(".");
    return fetch(base + "/api/answers/" + parts[0], { method: "DELETE", headers: { "X-Answer-Key": parts[1] || "" } });
  }

  // ---- asking
  function turn(question) {
    var article = made("article", "turn"), asked = made("h2", "asked", question), said = made("div", "said coming", say.wait);
    asked.insertBefore(made("span", "unseen", say.you), asked.firstChild);
    var answer = made("div", "answer");
    answer.appendChild(said);
    article.appendChild(asked);
    article.appendChild(answer);
    article.setAttribute("aria-busy", "true");
    log.appendChild(article);
    article.scrollIntoView();
    return article;
  }

  function ask(question) {
    if (busy || !question.trim()) return;
    busy = true;
    clear(".welcome, .intro, .offered");
    var article = turn(question), said = article.querySelector(".said"), text = "";
    form.question.value = "";
    certguideAsk({
      stream: base + "/api/stream", ask: base + "/api/ask",
      body: { question: question, session: kept.session, profile: { region: form.region.value.trim() || null, language: form.language.value || null } },
      onPiece: function (piece) { text += piece; said.textContent = plain(text); },
    }).then(function (answer) { return arrived(article, answer); }, function (error) { failed(article, question, error); })
      .then(function () { article.setAttribute("aria-busy", "false"); busy = false; });
  }

  function arrived(article, answer) {
    kept.session = answer.session;
    kept.answers = kept.answers.concat(answer.id).slice(-MOST);
    kept.earlier = kept.earlier.concat(answer.id + "." + answer.key).slice(-MOST_EARLIER);
    if (answer.region && answer.region !== "全国") form.region.value = kept.region = answer.region;
    keep();
    return shown(answer.id).then(function (html) { article.innerHTML = html; unwrap(article); }, function () {
      article.querySelector(".said").textContent = plain(answer.answer);  // it could not be stored: still it is an answer
      article.querySelector(".answer").appendChild(made("p", "notice", answer.notice));
    });
  }

  function failed(article, question, error) {
    var said = article.querySelector(".answer");
    said.textContent = "";
    var advice = made("p", "advice", error.message || say.offline);
    advice.setAttribute("role", "alert");
    said.appendChild(advice);
    if (!form.question.value) form.question.value = question;
  }

  function plain(text) { return text.replace(/\*\*|^> ?/gm, ""); }
  function shown(id) {
    return send("GET", "/h5/turns/" + id + "?lang=" + encodeURIComponent(language)).then(function (response) {
      if (!response.ok) throw new Error();
      return response.text();
    });
  }
  function unwrap(article) {  // the server's own <article> takes the place of the one that waited
    var inner = article.querySelector("article");
    if (inner) article.innerHTML = inner.innerHTML;
  }

  // ---- what is tapped in a conversation
  function vote(data, reason, button) {
    var body = { answer: data.answer, vote: data.vote, reason: reason || null, passage: data.passage || null };
    send("POST", "/api/feedback", body).then(function () {
      var thanks = made("span", "thanks", say.thanks), fold = button.closest(".feedback") || button;
      thanks.setAttribute("role", "status");
      fold.parentNode.replaceChild(thanks, fold);
    });
  }

  function copy(button) {
    var text = button.dataset.copy, said = button.textContent;
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text);
    else {
      var box = made("textarea");
      box.value = text;
      document.body.appendChild(box);
      box.select();
      document.execCommand("copy");
      document.body.removeChild(box);
    }
    button.textContent = button.dataset.done;
    setTimeout(function () { button.textContent = said; }, 2000);
  }

  log.addEventListener("click", function (event) {
    var link = event.target.closest("a.cite"), button = event.target.closest("button"), fold;
    if (link && (fold = document.getElementById(link.hash.slice(1)))) {
      event.preventDefault();
      fold.open = true;
      fold.querySelector("summary").focus();
      fold.scrollIntoView();
    }
    if (!button) return;
    if (button.dataset.ask && form) ask(button.dataset.ask);
    else if (button.dataset.ask) location.href = base + "/h5?q=" + encodeURIComponent(button.dataset.ask);
    if (button.dataset.copy) copy(button);
    if (button.dataset.vote) vote(button.dataset, "", button);
  });

  // Why an answer is so: fetched when its fold is opened for the first time; without JavaScript there is a link in it.
  log.addEventListener("toggle", function (event) {
    var place = event.target.open && event.target.querySelector("[data-why]"), address = place && place.dataset.why;
    if (!address) return;
    place.removeAttribute("data-why");
    fetch(address).then(function (told) {
      if (!told.ok) throw new Error();
      return told.text();
    }).then(function (html) { place.innerHTML = html; }, function () { place.dataset.why = address; });
  }, true);  // the event does not bubble

  log.addEventListener("submit", function (event) {
    event.preventDefault();
    var told = event.target, chosen = told.querySelector("input:checked"), words = told.querySelector("textarea").value.trim();
    vote(told.dataset, [chosen && chosen.value, words].filter(Boolean).join("；"), told);
  });

  if (!form) return;  // the page of one answer

  // ---- the form, and what the page remembers
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    ask(form.question.value);
  });
  form.question.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(form.question.value); }
  });
  form.region.addEventListener("change", function () { kept.region = form.region.value.trim(); keep(); });
  document.getElementById("again").addEventListener("click", function () {
    kept.answers = [];
    kept.session = null;
    keep();
    location.href = base + "/h5?lang=" + encodeURIComponent(language);
  });
  document.getElementById("delete").addEventListener("click", function () {
    if (!confirm(say.delete_sure)) return;
    Promise.all(kept.earlier.map(remove)).then(function () {
      kept.region = "";
      kept.earlier = [];
      document.getElementById("again").click();
    });
  });

  function bringBack() {
    var earlier = recall();
    if (!earlier || !earlier.answers || !earlier.earlier || log.querySelector(".answer")) return;
    kept = earlier;
    if (kept.region && !form.region.value) form.region.value = kept.region;
    Promise.all(kept.answers.map(function (id) { return shown(id)["catch"](function () { return ""; }); })).then(function (found) {
      var html = found.filter(Boolean);
      if (!html.length || log.querySelector(".answer")) return;
      clear(".intro");
      log.innerHTML = html.join("");
      clear(".turn:not(:last-child) .offered");
    });
  }
  bringBack();
})();
