// What is remembered of the asker: a tap on a chip forgets it.
element.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-forget]");
  if (chip) trigger("select", { index: 0, value: { name: chip.dataset.forget, value: chip.dataset.value } });
});

// Gradio's fold of the region boxes does not say whether it is open.
const fold = document.querySelector("#place .label-wrap");
const tell = () => fold.setAttribute("aria-expanded", String(fold.classList.contains("open")));
if (fold) {
  tell();
  new MutationObserver(tell).observe(fold, { attributes: true, attributeFilter: ["class"] });
}
