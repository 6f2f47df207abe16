// How the page looks, remembered in this browser: light or dark, large type; ?big for a projector. Loaded in <head>, before the first paint.
window.certguideLook = (() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const read = () => { try { return JSON.parse(localStorage.getItem("certguide-look")) || {}; } catch { return {}; } };
  const write = (look) => { try { localStorage.setItem("certguide-look", JSON.stringify(look)); } catch { /* a browser may refuse storage */ } };
  const look = read();
  const isOn = (name) => name in look ? look[name] : name === "dark" && matchMedia("(prefers-color-scheme: dark)").matches;

  // Gradio puts its own class on <body> when it starts, so ours is put again after that.
  const show = () => {
    root.classList.toggle("large", isOn("large"));
    root.classList.toggle("big", asked.has("big"));
    document.body?.classList.toggle("dark", isOn("dark"));
    for (const button of document.querySelectorAll("[data-look]")) {
      button.setAttribute("aria-pressed", String(isOn(button.dataset.look)));
    }
  };
  const flip = (name) => { look[name] = !isOn(name); write(look); show(); };
  const speak = (language) => {
    root.lang = language === "zh" ? "zh-CN" : language;
    try { localStorage.setItem("certguide-language", language); } catch { /* as above */ }
  };
  root.lang = "zh-CN";
  show();
  document.addEventListener("DOMContentLoaded", show);
  return { show, flip, speak };
})();
