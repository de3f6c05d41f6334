// Reads the answers of a page out of its controls, in the shape that the form keeps them.
import { blank, tidyDay, tidyNumber, tidyText } from "./tidy.js";

/** Return a function that reads the answers to this page, those to hidden questions too, that a condition reads. */
export function readerOf(form, page, asked) {
  const read = asked.map((wrapper) => wrapper.dataset).flatMap(({ group, row, question: id, name }) => {
    const question = (group ? page.groups[group].questions : page.questions)[id];
    return question?.read && question.widget !== "file" ? [{ group, row, id, name, question }] : [];
  });
  // Looked up once: the controls of a page stay the same while it is open.
  const controls = new Map();
  for (const control of form.elements) {
    if (!control.name) continue;
    if (!controls.has(control.name)) controls.set(control.name, []);
    controls.get(control.name).push(control);
  }
  return () => answersOf((named) => controls.get(named) ?? [], page, read);
}

function answersOf(controls, page, read) {
  const answers = {};
  for (const { group, row, id, name, question } of read) {
    if (question.widget === "group") {
      answers[id] = controls(`${name}-rows`).map((held) => ({ id: held.value }));
      continue;
    }
    const value = answerOf(controls, name, question, page.as_of);
    if (value === undefined) continue;
    if (group) answers[group].find((one) => one.id === row)[id] = value;
    else answers[id] = value;
  }
  return answers;
}

function answerOf(controls, name, question, asOf) {
  const held = (part = "") => controls(name + part)[0]?.value ?? "";
  const ticked = () => controls(name).filter((box) => box.checked).map((box) => box.value);
  switch (question.widget) {
    case "radios":
      return coded(ticked()[0], question);
    case "select":
      return coded(held() || undefined, question);
    case "yes_no": {
      const [answer] = ticked();
      return answer && answer === "yes";
    }
    case "checkboxes": {
      const codes = ticked();
      return codes.length ? codes : undefined;
    }
    case "number":
      return tidyNumber(held(), question.whole);
    case "date":
      return tidyDay(held("-year"), held("-month"), held("-day"));
    case "partial_date":
      return tidyDay(held("-year"), held("-month"), held("-day")) ?? lessThanADay(held, controls, name, asOf);
    case "address":
      return address(held, question.boxes);
    default:
      return tidyText(held(), question);
  }
}

function coded(code, question) {
  return question.whole && /^[0-9]{1,9}$/.test(code ?? "") ? Number(code) : code;
}

/** Where one box holds what the server will not take, there is no address yet. */
function address(held, boxes) {
  const filled = Object.entries(boxes).map(([part, box]) => [part, held(`-${part}`), box]).filter(([, typed]) => !blank(typed));
  const tidy = filled.map(([part, typed, box]) => [part, tidyText(typed, box)]);
  return tidy.length && tidy.every(([, text]) => text !== undefined) ? Object.fromEntries(tidy) : undefined;
}

function lessThanADay(held, controls, name, asOf) {
  return band(held("-band"), asOf) ?? (controls(`${name}-unknown`)[0]?.checked ? "unknown" : undefined);
}

/** An age band as the earliest and latest birth date, as the server keeps it. */
function band(code, asOf) {
  if (!code || code.includes("/")) return code || undefined;
  const [youngest, oldest] = code.split("-");
  const before = (years, days = 0) => {
    const [year, month, date] = asOf.split("-").map(Number);
    const last = new Date(Date.UTC(year - years, month, 0)).getUTCDate();
    return new Date(Date.UTC(year - years, month - 1, Math.min(date, last) + days)).toISOString().slice(0, 10);
  };
  return `${before(Number(oldest || 130) + 1, 1)}/${before(Number(youngest))}`;
}
