/*
 * The six operators that family-support rules need beyond JSONLogic's own, with the meaning the server gives them
 * (domain/rules/dates.py and operators.py); tests/conformance compares the two.
 *
 * Dates are text: "2026-11-22", or an instant whose first ten characters are the date. Anything else is no date, and
 * the answer is null. Nothing here reads a clock.
 */

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/;
const DAY = 86_400_000;

/** Return {year, month, day, number} of a date text (number counts days; 0 is 1 January 1970), or null. */
function toDate(value) {
  const found = typeof value === "string" ? DATE.exec(value) : null;
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null;
  return { year, month, day, number: dayNumber(year, month, day) };
}

function dayNumber(year, month, day) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return moment.getTime() / DAY;
}

function lastDay(year, month) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month, 0);
  return moment.getUTCDate();
}

/** Minus `count`, without JavaScript's minus nought. */
const negative = (count) => (count === 0 ? 0 : -count);

function ageOn(birth, on) {
  const born = toDate(birth);
  const then = toDate(on);
  if (!born || !then) return null;
  const before = then.month < born.month || (then.month === born.month && then.day < born.day);
  return then.year - born.year - (before ? 1 : 0);
}

function monthsBetween(a, b) {
  const start = toDate(a);
  const end = toDate(b);
  if (!start || !end) return null;
  return end.number < start.number ? negative(months(end, start)) : months(start, end);
}

function months(start, end) {
  const whole = (end.year - start.year) * 12 + end.month - start.month;
  return whole + (Math.min(start.day, lastDay(end.year, end.month)) < end.day ? 1 : 0);
}

function daysBetween(a, b) {
  const start = toDate(a);
  const end = toDate(b);
  return start && end ? end.number - start.number : null;
}

/** Mondays to Fridays from Monday 29 December 1969, which is day -3, to the day of that number. */
function weekdaysTo(number) {
  const days = number + 4;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}

function workingDaysBetween(a, b, holidays) {
  const start = toDate(a);
  const end = toDate(b);
  if (!start || !end || !holidays) return null;
  const [first, last] = start.number <= end.number ? [start.number, end.number] : [end.number, start.number];
  let count = weekdaysTo(last) - weekdaysTo(first);
  for (const day of holidays) {
    if (first < day && day <= last) count -= 1;
  }
  return end.number < start.number ? negative(count) : count;
}

/** The holidays on Mondays to Fridays that came with the data, as a set of day numbers; null if any is no date. */
function holidaysOf(data) {
  const plain = data !== null && typeof data === "object" && !Array.isArray(data);
  const stated = plain && Object.hasOwn(data, "holidays") ? data.holidays : null;
  if (stated === null || stated === undefined) return new Set();
  if (!Array.isArray(stated)) return null;
  const dates = stated.map(toDate);
  if (dates.includes(null)) return null;
  return new Set(dates.map((date) => date.number).filter((number) => weekdaysTo(number) > weekdaysTo(number - 1)));
}

/**
 * Teach a json-logic-js instance the six operators.
 *
 * `working_days_between` reads `holidays` at the root of the data. Inside some, all, filter … json-logic-js passes
 * on only the element, so `apply` is wrapped to remember the root of the outermost call.
 */
export function addOperators(jsonLogic) {
  const apply = jsonLogic.apply;
  let depth = 0;
  let root = null;
  let holidays;

  jsonLogic.apply = function applyWithRoot(logic, data) {
    if (depth === 0) {
      root = data;
      holidays = undefined;
    }
    depth += 1;
    try {
      return apply.call(jsonLogic, logic, data);
    } finally {
      depth -= 1;
    }
  };
  jsonLogic.add_operation("age_on", ageOn);
  jsonLogic.add_operation("months_between", monthsBetween);
  jsonLogic.add_operation("days_between", daysBetween);
  jsonLogic.add_operation("working_days_between", (a, b) => {
    if (holidays === undefined) holidays = holidaysOf(root);
    return workingDaysBetween(a, b, holidays);
  });
  jsonLogic.add_operation("count_true", (...values) => {
    const counted = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
    return counted.filter((value) => jsonLogic.truthy(value)).length;
  });
  jsonLogic.add_operation("unknown", (value) => value === null || value === undefined);
  return jsonLogic;
}
