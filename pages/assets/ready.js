// Called once all parts of the page are there and what the browser kept is shown.
window.certguideReady = () => {
  // Gradio's fold of the region boxes does not say whether it is open.
  const fold = document.querySelector("#place .label-wrap");
  const tell = () => fold.setAttribute("aria-expanded", String(fold.classList.contains("open")));
  tell();
  new MutationObserver(tell).observe(fold, { attributes: true, attributeFilter: ["class"] });

  document.documentElement.dataset.ready = "yes";
  certguideBox.back();
};
