// Reads the answers of a page out of its controls, in the shape that the form keeps them.
import { closed } from "./spelling.js";
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
    case "percentage":
      return tidyNumber(held(), question.whole);
    case "money":
      return pence(held());
    case "scale":
      return tidyNumber(ticked()[0] ?? "", true);
    case "date":
      return tidyDay(held("-year"), held("-month"), held("-day"));
    case "partial_date":
      return tidyDay(held("-year"), held("-month"), held("-day")) ?? lessThanADay(held, controls, name, asOf);
    case "expected_date": {
      const day = tidyDay(held("-year"), held("-month"), held("-day"));
      return day ? expected(day, controls(`${name}-about`)[0]?.checked) : unsaid(controls, name);
    }
    case "date_range":
    case "matrix":
    case "sign_off":
    case "person":
    case "organisation":
      return parts(controls, name, question, asOf);
    case "address":
      return address(held, question.boxes);
    default:
      return tidyText(held(), question);
  }
}

function coded(code, question) {
  return question.whole && /^[0-9]{1,9}$/.test(code ?? "") ? Number(code) : code;
}

/** Pounds and pence as whole pence, as the server keeps them. */
function pence(text) {
  const plain = closed(text).replace(/[0-9]{1,3}(,[0-9]{3})+/, (grouped) => grouped.replaceAll(",", ""));
  const found = /^([+-]?)£?([+-]?)([0-9]{1,14})(?:\.([0-9]{2}))?$/.exec(plain);
  if (!found || (found[1] && found[2])) return undefined;
  const amount = Number(found[3]) * 100 + Number(found[4] ?? 0);
  return found[1] === "-" || found[2] === "-" ? -amount : amount;
}

/** About a day is 14 days either side of it. */
function expected(value, about) {
  if (!about || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value ?? "")) return value;
  const moved = (days) => {
    const moment = new Date(`${value}T00:00:00Z`);
    moment.setUTCDate(moment.getUTCDate() + days);
    return Number.isNaN(moment.getTime()) ? "" : moment.toISOString().slice(0, 10);
  };
  const [first, last] = [moved(-14), moved(14)];
  return first && last ? `${first}/${last}` : value;
}

/** A question that is made of questions: an object of those parts that are answered. */
function parts(controls, name, question, asOf) {
  const held = Object.entries(question.parts)
    .map(([part, told]) => [part, answerOf(controls, `${name}-${part}`, told, asOf)])
    .filter(([, value]) => value !== undefined);
  const answer = Object.fromEntries(held);
  const listed = answer.who ?? answer.code;
  if ("name" in answer && listed !== undefined && listed !== "not_listed") delete answer.name;
  return held.length ? answer : undefined;
}

/** Where one box holds what the server will not take, there is no address yet. */
function address(held, boxes) {
  const filled = Object.entries(boxes).map(([part, box]) => [part, held(`-${part}`), box]).filter(([, typed]) => !blank(typed));
  const tidy = filled.map(([part, typed, box]) => [part, tidyText(typed, box)]);
  return tidy.length && tidy.every(([, text]) => text !== undefined) ? Object.fromEntries(tidy) : undefined;
}

function lessThanADay(held, controls, name, asOf) {
  return band(held("-band"), asOf) ?? unsaid(controls, name);
}

function unsaid(controls, name) {
  return controls(`${name}-unknown`)[0]?.checked ? "unknown" : undefined;
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
