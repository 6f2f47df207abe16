// A chat bubble on any site. The tag tells how: data-county, data-color, data-title, data-side (left), data-lang (en). The server puts words
// and style in (STYLE, WORDS); ask.js stands before. Nothing is shown until the server has given this very site a token.
(function () {
  "use strict";
  var tag = document.currentScript;
  if (!tag || !window.fetch || !window.Promise || !Element.prototype.attachShadow) return;

  var base = tag.src.replace(/\/widget\.js.*$/, ""), told = tag.dataset, say = WORDS[told.lang] || WORDS.zh;
  var name = told.title || say.title, side = told.side === "left" ? "left" : "right";
  var token = "", session = null, busy = false, parts = {};

  // ---- tokens: short-lived; one that ran out is replaced and the question asked again
  function fetchToken() {
    return fetch(base + "/widget/token", { method: "POST" }).then(function (response) {
      if (!response.ok) throw new Error();
      return response.json();
    }).then(function (given) { token = given.token; }, function () { throw new Error(""); });
  }

  function answered(question, onPiece, again) {
    return certguideAsk({
      stream: base + "/widget/stream", ask: base + "/widget/ask", headers: { Authorization: "Bearer " + token },
      body: { question: question, region: session ? null : told.county || null, language: WORDS[told.lang] ? told.lang : null, session: session }, onPiece: onPiece,
    })["catch"](function (error) {
      if (error.status !== 401 || again) throw error;
      return fetchToken().then(function () { return answered(question, onPiece, true); });
    });
  }

  // ---- making the parts
  function made(tagName, attributes, children) {
    var element = document.createElement(tagName);
    for (var key in attributes || {}) element.setAttribute(key, attributes[key]);
    (children || []).forEach(function (child) { element.appendChild(typeof child === "string" ? document.createTextNode(child) : child); });
    return element;
  }

  function style(shadow) {
    if ("adoptedStyleSheets" in document && "replaceSync" in CSSStyleSheet.prototype) {  // passes a strict policy of the site's
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    } else shadow.appendChild(made("style", {}, [STYLE]));
  }

  // Black or white, whichever reads better on the colour (relative luminance of WCAG 2); on white the colour itself only if it is dark.
  function colours(host) {
    var colour = /^#[0-9a-f]{6}$/i.test(told.color || "") ? told.color : "#1d4e89";
    var light = [1, 3, 5].reduce(function (sum, at, which) {
      var part = parseInt(colour.substr(at, 2), 16) / 255;
      return sum + [0.2126, 0.7152, 0.0722][which] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }, 0);
    host.style.setProperty("--deep", colour);
    host.style.setProperty("--on-deep", light > 0.179 ? "#000" : "#fff");
    host.style.setProperty("--link", light < 0.16 ? colour : "#1d4e89");
  }

  function icon() {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("fill", "currentColor");
    path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 5v2h10V8zm0 4v2h7v-2z");
    svg.appendChild(path);
    return svg;
  }

  function build() {
    var host = made("div", { "data-certguide": "", lang: told.lang || "zh" }), shadow = host.attachShadow({ mode: "open" });
    colours(host);
    style(shadow);
    parts.bubble = made("button", { type: "button", "class": "bubble " + side, "aria-label": say.open, "aria-expanded": "false" }, [icon()]);
    parts.close = made("button", { type: "button", "aria-label": say.close }, ["×"]);
    parts.log = made("div", { "class": "log", role: "log", "aria-live": "polite", "aria-label": name, tabindex: "0" }, [made("p", { "class": "hello" }, [say.hello])]);
    parts.box = made("textarea", { "aria-label": say.question, placeholder: say.placeholder, maxlength: "500", rows: "1" });
    parts.form = made("form", {}, [parts.box, made("button", { type: "submit" }, [say.send])]);
    parts.panel = made("div", { "class": "panel " + side, role: "dialog", "aria-label": name, hidden: "" }, [
      made("header", {}, [made("div", {}, [made("h2", {}, [name]), made("p", {}, [say.note])]), parts.close]), parts.log, parts.form]);
    shadow.appendChild(parts.bubble);
    shadow.appendChild(parts.panel);
    document.body.appendChild(host);
    listen();
  }

  // ---- asking
  function ask(question) {
    if (busy || !question.trim()) return;
    busy = true;
    var said = made("div", { "class": "said coming" }, [say.wait]), answer = made("div", { "class": "answer" }, [said]), text = "";
    var turn = made("article", { "class": "turn", "aria-busy": "true" }, [
      made("h3", { "class": "asked" }, [made("span", { "class": "unseen" }, [say.you]), question]), answer]);
    var old = parts.log.querySelector(".offered");
    if (old) old.parentNode.removeChild(old);
    parts.log.appendChild(turn);
    parts.box.value = "";
    parts.log.scrollTop = turn.offsetTop - parts.log.offsetTop;
    answered(question, function (piece) { said.textContent = text += piece; }).then(
      function (given) {
        session = given.session;
        answer.innerHTML = given.html;  // safe HTML of the server's rendering
        answer.appendChild(made("p", { "class": "whole" }, [made("a", { href: base + given.whole, target: "_blank", rel: "noopener" }, [say.whole])]));
        offer(given.suggestions);
      },
      function (error) {
        answer.textContent = "";
        answer.appendChild(made("p", { "class": "advice", role: "alert" }, [error.message || say.offline]));
        if (!parts.box.value) parts.box.value = question;
      }
    ).then(function () { turn.setAttribute("aria-busy", "false"); busy = false; });
  }

  function offer(questions) {
    if (!questions.length) return;
    var buttons = questions.map(function (one) { return made("button", { type: "button", "data-ask": one }, [one]); });
    parts.log.appendChild(made("div", { "class": "offered", role: "group", "aria-label": say.next }, [made("p", {}, [say.next])].concat(buttons)));
  }

  // ---- what happens to the parts
  function show(open) {
    parts.panel.hidden = !open;
    parts.bubble.hidden = open;
    parts.bubble.setAttribute("aria-expanded", String(open));
    (open ? parts.box : parts.bubble).focus();
  }

  function listen() {
    parts.bubble.addEventListener("click", function () { show(true); });
    parts.close.addEventListener("click", function () { show(false); });
    parts.panel.addEventListener("keydown", function (event) { if (event.key === "Escape") show(false); });
    parts.form.addEventListener("submit", function (event) { event.preventDefault(); ask(parts.box.value); });
    parts.box.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(parts.box.value); }
    });
    parts.log.addEventListener("click", function (event) {
      var link = event.target.closest("a.cite"), button = event.target.closest("[data-ask]");
      if (link) {
        event.preventDefault();
        var fold = parts.log.querySelector(link.hash);
        fold.open = true;
        fold.querySelector("summary").focus();
      }
      if (button) ask(button.dataset.ask);
    });
  }

  function start() { fetchToken().then(build)["catch"](function () { console.warn(say.not_allowed); }); }
  if (document.body) start(); else document.addEventListener("DOMContentLoaded", start);
})();
