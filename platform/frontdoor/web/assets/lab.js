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
  // So are cases that have to be read first (202).
  if (answer?.status !== 200 || answer.redirected) return location.assign(address);
  result.innerHTML = await answer.text();
  history.replaceState(null, "", address);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, 60);
}

/** A range input for a number with both bounds; it names the same value as the box, which stays the one that is sent. */
function slider(place) {
  const box = place.querySelector("input[type=text]");
  if (!box) return;
  const { range, min, max, step } = place.dataset;
  const bar = document.createElement("input");
  Object.assign(bar, { type: "range", min, max, step: step || "1", value: box.value, className: "lab-slider" });
  bar.setAttribute("aria-label", range);
  bar.addEventListener("input", () => {
    box.value = bar.value;
    soon();
  });
  box.addEventListener("change", () => {
    bar.value = box.value;
  });
  box.closest(".govuk-form-group").after(bar);
}

/** While the worker reads: how far it is, every other second, and the result as soon as it is there. */
async function watch(place) {
  const address = place.querySelector("[data-lab-again]").href;
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && (answer.status !== 202 || answer.redirected)) return location.replace(address);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const told = page.querySelector("[data-lab-reading]");
  if (answer && !told) return location.replace(address);
  if (told) place.replaceChildren(...told.childNodes);
  setTimeout(watch, 2000, place);
}

const reading = document.querySelector("[data-lab-reading]");
if (reading) setTimeout(watch, 2000, reading);

if (form && result) {
  document.querySelectorAll("[data-range]").forEach(slider);
  form.addEventListener("change", (event) => {
    if (event.target.matches("select[name=with]")) location.assign(`?${new URLSearchParams(new FormData(form))}`);
    else if (event.target.type !== "range") soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
}
