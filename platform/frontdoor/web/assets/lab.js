// The lab at once: a slider beside a number, and each new value fetches the same page's result. Works without.
const form = document.querySelector("form[data-lab]");
const result = document.getElementById("lab-result");
let asked = 0;
let waiting;

async function show() {
  const mine = ++asked;
  const query = new URLSearchParams(new FormData(form));
  const address = `${location.pathname}?${query}`;
  result.firstElementChild?.setAttribute("aria-busy", "true");
  const answer = await fetch(`${address}&part=result`, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== asked) return;
  // What cannot be shown here (out of bounds, signed out) is for the whole page to say.
  if (!answer?.ok || answer.redirected) return location.assign(address);
  result.innerHTML = await answer.text();
  history.replaceState(null, "", address);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, 60);
}

/** A range input for a number with both bounds; it names the same value as the box, which stays the one that is sent. */
function slider(box) {
  const { min, max, step } = form.dataset;
  if (!box || min === undefined || max === undefined) return;
  const bar = document.createElement("input");
  Object.assign(bar, { type: "range", min, max, step: step || "1", value: box.value, className: "lab-slider" });
  bar.setAttribute("aria-label", document.querySelector("h1").textContent);
  bar.addEventListener("input", () => {
    box.value = bar.value;
    soon();
  });
  box.addEventListener("change", () => {
    bar.value = box.value;
  });
  box.closest(".govuk-form-group").after(bar);
}

if (form && result) {
  slider(form.querySelector("input[type=text][name=value]"));
  form.addEventListener("change", (event) => {
    if (event.target.type !== "range") soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
}
