// What is asked of these answers, worked out in the server's own order (domain/forms/visibility.py): pages, questions,
// rows and named conditions each once, after all that they depend on. A hidden answer is absent for what comes after it.
import jsonLogic from "json-logic-js";

import { addOperators } from "../operators.js";
import { result, unknown } from "./calculated.js";

addOperators(jsonLogic);

/**
 * `told` is what the page brings (web/filling_page.py), `given` the answers, those to hidden questions too.
 * Returns `showsPage`, and `shows` and `requires`, each asked with a question's id, and with the id and the group of its row.
 */
export function resolved(told, given) {
  const state = { told, given, kept: {}, pages: new Set(), shown: new Set(), conditions: new Map([["", {}]]) };
  for (const [kind, id, group = ""] of told.steps) RESOLVE[kind](state, id, group);
  return {
    showsPage: (id) => state.pages.has(id),
    shows: (id, row = "", group = "") => state.shown.has(key(id, row, group)),
    workedOut: (id, row = "", group = "") => (group ? state.kept[group]?.find((one) => one.id === row) : state.kept)?.[id],
    asks: (id, group = "") => (group ? told.groups[group] : told).questions[id],
    requires(id, row = "", group = "") {
      const question = group ? told.groups[group].questions[id] : told.questions[id];
      return Boolean(question.required || (question.required_if && met(state, question.required_if, row, group)));
    },
  };
}

const key = (...path) => path.join("\n");

const RESOLVE = {
  page(state, id) {
    if (met(state, state.told.pages[id])) state.pages.add(id);
  },
  question(state, id, group) {
    if (group) return rowQuestion(state, id, group);
    const question = state.told.questions[id];
    if (!state.pages.has(question.page) || !met(state, question.show_if)) return;
    state.shown.add(key(id, "", ""));
    if (question.widget === "calculated") return keep(state, question, id);
    const value = state.given[id];
    if (value !== undefined) state.kept[id] = question.widget === "group" ? value.map((row) => ({ id: row.id })) : value;
  },
  condition(state, id, group) {
    const { told, conditions } = state;
    if (!group) {
      conditions.get("")[id] = value(state, told.conditions[id], conditions.get(""));
      return;
    }
    for (const row of state.kept[group] ?? []) {
      const place = key(group, row.id);
      if (!conditions.has(place)) conditions.set(place, {});
      const own = conditions.get(place);
      own[id] = value(state, told.groups[group].conditions[id], { ...conditions.get(""), ...own }, row);
    }
  },
};

function rowQuestion(state, id, group) {
  const question = state.told.groups[group].questions[id];
  for (const [place, row] of (state.kept[group] ?? []).entries()) {
    if (!met(state, question.show_if, row.id, group)) continue;
    state.shown.add(key(id, row.id, group));
    if (question.widget === "calculated") {
      keep(state, question, id, row, group);
      continue;
    }
    const answer = state.given[group][place][id];
    if (answer !== undefined) row[id] = answer;
  }
}

/** Work a calculated value out of what was resolved before it; nothing while something it needs is unknown. */
function keep(state, question, id, row, group = "") {
  const found = workOut(state, question, row, group);
  if (found !== undefined) (row ?? state.kept)[id] = found;
}

function workOut({ told, kept, shown }, { logic, needs, type }, row, group) {
  const waits = needs.some((need) => {
    if (!shown.has(key(need.question, need.row ? row.id : "", need.row ? group : ""))) return false; // hidden is nothing
    return unknown(need, (need.row ? row : kept)[need.question], kept, (inner, of) => shown.has(key(inner, of.id, need.question)));
  });
  if (waits) return undefined;
  return result(jsonLogic.apply(logic, { answers: kept, as_of: told.as_of, ...(row ? { row } : {}) }), type);
}

function value({ told, kept }, logic, conditions, row) {
  const data = { answers: kept, as_of: told.as_of, conditions, ...(row ? { row } : {}) };
  return jsonLogic.truthy(jsonLogic.apply(logic, data));
}

/** Whether a named condition holds, looked up among the row's own first; true where none is named. */
function met({ told, conditions }, name, row = "", group = "") {
  if (!name) return true;
  const own = group && name in (told.groups[group].conditions ?? {});
  return conditions.get(own ? key(group, row) : "")?.[name] === true;
}
