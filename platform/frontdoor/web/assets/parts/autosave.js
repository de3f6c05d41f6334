// Saves a page as it is typed: after a pause, when the page is left, and again when a lost connection returns.
// What is typed stays in the page whatever happens; the status line says whether it is saved.
// Each save counts its `turn`, so that the server can tell an early one that arrives late.

const PAUSE = 1500; // milliseconds
const REFUSED = { 400: "signedOut", 401: "signedOut", 409: "elsewhere" };

export function saveAsTyped(form) {
  const address = form.dataset.save;
  const line = form.querySelector("[data-saved]");
  if (!address || !line) return;
  const revision = form.elements.namedItem("revision");
  const turn = form.elements.namedItem("turn");
  let waiting;
  let saving = false;
  let unsaved = false;
  let stopped = false;

  const say = (what) => {
    line.textContent = line.dataset[what] ?? "";
  };

  const content = () => {
    turn.value = Number(turn.value) + 1;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams(data);
  };

  async function save({ leaving = false } = {}) {
    clearTimeout(waiting);
    if (!unsaved || stopped || (saving && !leaving)) return;
    saving = true;
    unsaved = false;
    if (!leaving) say("saving");
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(address, { method: "POST", body: content(), headers, keepalive: leaving });
      stopped = answer.status in REFUSED;
      if (stopped) return say(REFUSED[answer.status]);
      if (!answer.ok) throw new Error(String(answer.status));
      revision.value = (await answer.json()).revision;
      if (!unsaved) say("done");
    } catch {
      unsaved = true;
      say("offline");
    } finally {
      saving = false;
    }
    if (unsaved) waiting = setTimeout(save, 2 * PAUSE);
  }

  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    turn.value = Number(turn.value) + 1;
    stopped = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ leaving: true });
  });
  window.addEventListener("pagehide", () => save({ leaving: true }));
}
