// Calculated values as the server has them (domain/forms/calculated.py): when one is not known, and how it is shown.

/** Whether an answer that is shown says too little to count with; `asks` tells whether a row's question is shown. */
export function unknown(need, held, answers, asks) {
  if (!need.rows) {
    const parts = need.parts.length && held && typeof held === "object" ? need.parts.map((part) => held[part]) : [held];
    return parts.some((one) => unsaid(need, one));
  }
  if (held === undefined || (need.complete && answers[need.complete] !== true)) return true;
  return held.some((row) => need.rows.some((inner) => asks(inner.question, row) && unsaid(inner, row[inner.question])));
}

function unsaid(need, held) {
  if (held === undefined || held === null || (Array.isArray(held) && held.length === 0)) return true;
  if (need.day) return !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(held);
  return [held].flat().some((one) => need.unsure.includes(one));
}

/** A result as it is kept: of the declared type, a finite number; nothing for anything else. */
export function result(found, type) {
  if (type === "boolean") return typeof found === "boolean" ? found : undefined;
  if (type === "string") return typeof found === "string" && found ? found : undefined;
  if (typeof found !== "number" || !Number.isFinite(found)) return undefined;
  return type === "integer" && !Number.isInteger(found) ? undefined : found;
}

/** Show a value where it is read; only a change is announced. */
export function write(output, found, question) {
  const words = found === undefined ? output.dataset.unknown : printed(found, question, output.dataset);
  if (output.textContent !== words) output.textContent = words;
}

function printed(found, { as, prefix = "", suffix = "" }, words) {
  if (typeof found === "boolean") return found ? words.yes : words.no;
  if (typeof found === "string") return as === "date" ? day(found) : found;
  if (as === "money") {
    const pence = Math.round(found);
    const pounds = (Math.abs(pence) / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return `${pence < 0 ? "-" : ""}£${pounds}`;
  }
  const figures = found.toLocaleString("en-GB", { maximumFractionDigits: 12 });
  return as === "percentage" ? `${figures}%` : `${prefix}${figures}${suffix ? ` ${suffix}` : ""}`;
}

function day(text) {
  const moment = new Date(`${text}T00:00:00Z`);
  const shape = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const tongue = document.documentElement.lang === "cy" ? "cy" : "en-GB";
  return Number.isNaN(moment.getTime()) ? text : moment.toLocaleDateString(tongue, shape);
}
