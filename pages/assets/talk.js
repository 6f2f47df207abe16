// The conversation: what is tapped in it becomes an event of the page; `element`, `trigger` and `watch` come from gr.HTML.
// An update writes the HTML anew where it differs, so folds that the reader opened are opened again after it.
const opened = new Set();
let shown = element.querySelectorAll(".turn").length;

const still = matchMedia("(prefers-reduced-motion: reduce)");
const reach = (target, block) => target.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

// Why an answer is so: fetched when its fold is first opened, and kept for when the HTML is written anew.
const steps = new Map();
const fill = async (fold) => {
  const address = fold.querySelector("[data-why]")?.dataset.why;
  if (!address) return;
  if (!steps.has(address)) {
    const told = await fetch(address).catch(() => null);  // without it the link in the fold stays
    if (!told?.ok) return;
    steps.set(address, await told.text());
  }
  const place = element.querySelector(`[data-why="${CSS.escape(address)}"]`);
  if (place) place.innerHTML = steps.get(address);
};

const afterUpdate = () => {
  for (const fold of element.querySelectorAll("details")) {
    fold.open = opened.has(fold.id);
    if (fold.open) fill(fold);
  }
  const turns = element.querySelectorAll(".turn");
  if (turns.length > shown) reach(turns[turns.length - 1], "start");
  shown = turns.length;
  certguideBox.arrived([...element.querySelectorAll(".asked")].map((asked) => asked.lastChild.textContent.trim()));
};

const openSource = (link) => {
  const fold = document.getElementById(link.hash.slice(1));
  if (!fold) return;
  fold.open = true;
  opened.add(fold.id);
  fold.querySelector("summary").focus({ preventScroll: true });
  reach(fold, "nearest");
};

const copy = async (button) => {
  const text = button.dataset.copy;
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
  } else {  // an address without https, as in an office's own network
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
  }
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = said; }, 2000);
};

element.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  if (link) { event.preventDefault(); openSource(link); return; }
  const summary = event.target.closest("summary");
  if (summary) {
    const fold = summary.parentElement;
    setTimeout(() => {
      if (fold.open) { opened.add(fold.id); fill(fold); } else opened.delete(fold.id);
    });
    return;
  }
  const button = event.target.closest("button");
  if (button?.dataset.ask) trigger("select", { index: 0, value: button.dataset.ask });
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.vote) vote(button.dataset, "");
});

const vote = (data, reason) => trigger("like", {
  index: 0, liked: data.vote === "up", value: { answer: data.answer, vote: data.vote, passage: data.passage || "", reason },
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const chosen = form.querySelector("input:checked")?.value;
  const said = form.querySelector("textarea").value.trim();
  opened.delete(form.closest("details").id);
  vote(form.dataset, [chosen, said].filter(Boolean).join("；"));
});

watch("value", afterUpdate);
