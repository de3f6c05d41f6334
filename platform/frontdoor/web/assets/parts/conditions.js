// Shows and hides a page's questions as they are answered, by the same conditions that the server decides with.
// The browser gets the conditions of this page and the answers that they read; decision tables never leave the server.
import { readerOf } from "./answers.js";
import { write } from "./calculated.js";
import { resolved } from "./visibility.js";

export function showAndHide(form, told) {
  if (!told) return;
  const page = JSON.parse(told.textContent);
  // Rows come and go only with a new page, so what stands in it is looked up once.
  const asked = [...form.querySelectorAll("[data-question]")];
  const sheets = [...form.querySelectorAll("[data-page]")]; // the pages of a form in one
  const marks = [...form.querySelectorAll("[data-optional]")].map((mark) => [mark, mark.closest("[data-question]")]);
  const outputs = [...form.querySelectorAll("output[data-unknown]")].map((one) => [one, one.closest("[data-question]")]);
  const answers = readerOf(form, page, asked);
  const update = () => {
    const now = resolved(page, { ...page.answers, ...answers() });
    for (const sheet of sheets) show(sheet, now.showsPage(sheet.dataset.page));
    for (const one of asked) show(one, now.shows(one.dataset.question, one.dataset.row, one.dataset.group));
    for (const [output, { dataset }] of outputs) {
      write(output, now.workedOut(dataset.question, dataset.row, dataset.group), now.asks(dataset.question, dataset.group));
    }
    for (const [mark, { dataset }] of marks) mark.hidden = now.requires(dataset.question, dataset.row, dataset.group);
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
}

function show(wrapper, shown) {
  if (wrapper.hidden !== shown) return;
  wrapper.hidden = !shown;
  wrapper.disabled = !shown;
}
