// Small manners of forms: errors get the focus, a button is pressed once, "none of these" stands alone.

/** Move the focus to the error summary, so that a screen reader reads it and its links are next. */
export function focusErrors(page) {
  page.querySelector("[data-error-summary]")?.focus();
}

/** Take a second press of the same button for a slip of the finger. The server forgives it too. */
export function pressOnce(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    if (event.submitter?.dataset.once !== undefined) form.dataset.sent = "yes";
  });
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

/** Tick "none of these" and the others are cleared; tick another and "none of these" is. */
export function exclusiveChoices(page) {
  page.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.checked || !box.form) return;
    const exclusive = box.dataset.exclusive !== undefined;
    for (const other of box.form.elements) {
      const rival = other !== box && other.type === "checkbox" && other.name === box.name && other.checked;
      if (!rival || !(exclusive || other.dataset.exclusive !== undefined)) continue;
      other.checked = false;
      other.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

/** Say at once that a file is too large, instead of after it was sent. The server says so too. */
export function largeFiles(page) {
  page.addEventListener("change", (event) => {
    const control = event.target;
    if (control.type !== "file" || !control.dataset.largest) return;
    const large = [...control.files].some((file) => file.size > Number(control.dataset.largest));
    let told = document.getElementById(`${control.id}-too-large`);
    if (!large) return told?.remove();
    if (!told) {
      told = document.createElement("p");
      told.id = `${control.id}-too-large`;
      told.className = "govuk-error-message";
      told.setAttribute("role", "alert");
      control.before(told);
    }
    told.textContent = control.dataset.tooLarge;
    control.value = "";
  });
}
