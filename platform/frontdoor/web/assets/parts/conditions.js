// Shows and hides a page's questions as they are answered, by the same conditions that the server decides with.
// The browser gets a form's conditions and the writer's own answers; decision tables never leave the server.
import jsonLogic from "json-logic-js";

import { addOperators } from "../operators.js";
import { answersOf } from "./answers.js";

addOperators(jsonLogic);
const MOST_ROUNDS = 50;

export function showAndHide(form, told) {
  if (!told) return;
  const page = JSON.parse(told.textContent);
  const update = () => settle(form, page);
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
}

/** Repeat until nothing changes: a question that hides takes its answer away from the conditions after it. */
function settle(form, page) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answers = { ...page.answers, ...answersOf(form, page) };
    let changed = false;
    for (const wrapper of form.querySelectorAll("[data-page], [data-question]")) {
      const asked = questionOf(wrapper, page);
      const show = holds(asked, (asked.sheet ?? asked.question)?.show_if, page, answers, true);
      if (wrapper.hidden === show) {
        wrapper.hidden = !show;
        wrapper.disabled = !show;
        changed = true;
      }
    }
    if (!changed) return markOptional(form, page, answers);
  }
}

function markOptional(form, page, answers) {
  for (const mark of form.querySelectorAll("[data-optional]")) {
    const asked = questionOf(mark.closest("[data-question]"), page);
    mark.hidden = holds(asked, asked.question?.required_if, page, answers, false);
  }
}

/** What stands in a wrapper: a question with its group and row, or, on a form in one, a whole page (`sheet`). */
function questionOf(wrapper, page) {
  if (wrapper.dataset.page) return { sheet: page.pages[wrapper.dataset.page] };
  const group = page.groups[wrapper.dataset.group];
  const question = (group ? group.questions : page.questions)[wrapper.dataset.question];
  return { group, question, groupId: wrapper.dataset.group, rowId: wrapper.dataset.row };
}

/** Whether a named condition holds where a question stands; `otherwise` where it names none. */
function holds({ group, groupId, rowId }, name, page, answers, otherwise) {
  if (!name) return otherwise;
  const row = group && (answers[groupId] ?? []).find((one) => one.id === rowId);
  const data = { answers, as_of: page.as_of, ...(row ? { row } : {}) };
  const logics = { ...page.conditions, ...group?.conditions };
  // A condition may name others; each is worked out when it is first asked for.
  const conditions = {};
  for (const other of Object.keys(logics)) {
    Object.defineProperty(conditions, other, {
      enumerable: true,
      get: () => jsonLogic.truthy(jsonLogic.apply(logics[other], { ...data, conditions })),
    });
  }
  return conditions[name] === true;
}
