// The head of the chat: `element`, `trigger` and `watch` come from gr.HTML.
const spoken = () => {
  const other = element.querySelector("header[data-language]");
  if (other) certguideLook.speak(other.dataset.language);
  document.title = element.querySelector("h1")?.textContent || document.title;
  certguideLook.show();
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.look) certguideLook.flip(button.dataset.look);
  if (button?.dataset.language) trigger("select", { index: 0, value: button.dataset.language });
});
watch("value", spoken);
spoken();
