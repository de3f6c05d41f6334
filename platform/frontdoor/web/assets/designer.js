// The designer at once: what is typed shows as people will get it, and is kept for whoever comes back. Works without.
const PAUSE = 500; // milliseconds

for (const form of document.querySelectorAll("form[data-designer]")) {
  const here = document.querySelector("[data-preview-here]");
  let waiting;
  let turn = 0;

  const post = (address) => fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });

  async function show() {
    const mine = ++turn;
    // What is kept is the page's own business: that it could not be is no reason to interrupt anybody.
    post(form.dataset.typed).catch(() => {});
    if (!here || !form.dataset.preview) return;
    const answer = await post(form.dataset.preview).catch(() => null);
    if (mine !== turn || !answer?.ok || answer.redirected) return;
    here.innerHTML = await answer.text();
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
