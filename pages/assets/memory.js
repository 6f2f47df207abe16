// What is remembered of the asker: a tap on a chip forgets it.
element.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-forget]");
  if (chip) trigger("select", { index: 0, value: { name: chip.dataset.forget, value: chip.dataset.value } });
});
