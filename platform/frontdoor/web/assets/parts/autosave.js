// Saves a page as it is typed: after a pause, when the page is left, and again when a lost connection returns.
// What is typed stays in the page whatever happens; the status line says whether it is saved.
// Each save counts its `turn`, so that the server can tell an early one that arrives late.
// Without a connection a page is not sent away with what is on it: it waits, and goes when the connection is back.

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
  let offline = false;
  let pressed = null; // {button} that was pressed while there was no connection
  const touched = new Set(); // on a form in one: the pages that were typed on since they were saved last

  const say = (what) => {
    line.textContent = line.dataset[what] ?? "";
  };

  const content = () => {
    turn.value = Number(turn.value) + 1;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    for (const page of touched) data.append("touched", page);
    return new URLSearchParams(data);
  };

  async function save({ leaving = false } = {}) {
    clearTimeout(waiting);
    if (!unsaved || stopped || (saving && !leaving)) return;
    saving = true;
    unsaved = false;
    const sending = [...touched];
    if (!leaving) say("saving");
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(address, { method: "POST", body: content(), headers, keepalive: leaving });
      stopped = answer.status in REFUSED;
      if (stopped) return say(REFUSED[answer.status]);
      if (!answer.ok) throw new Error(String(answer.status));
      revision.value = (await answer.json()).revision;
      offline = false;
      for (const page of sending) touched.delete(page);
      if (!unsaved) say("done");
    } catch {
      unsaved = true;
      offline = true;
      say("offline");
    } finally {
      saving = false;
    }
    if (unsaved) waiting = setTimeout(save, 2 * PAUSE);
    else if (pressed) goOn();
  }

  /** Press again what was pressed without a connection. */
  function goOn() {
    const { button } = pressed;
    pressed = null;
    form.requestSubmit(button);
  }

  form.addEventListener("input", (event) => {
    unsaved = true;
    const sheet = event.target.closest("[data-page]");
    if (sheet) touched.add(sheet.dataset.page);
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  // Before `pressOnce`, which counts a press that leads somewhere.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (offline || !navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      pressed = { button: event.submitter };
      unsaved = true;
      offline = true;
      say("waits");
      waiting = setTimeout(save, PAUSE);
      return;
    }
    turn.value = Number(turn.value) + 1;
    stopped = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  window.addEventListener("online", () => save());
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && offline && !stopped) event.preventDefault(); // the browser asks whether to leave what is not saved
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ leaving: true });
  });
  window.addEventListener("pagehide", () => save({ leaving: true }));
}
