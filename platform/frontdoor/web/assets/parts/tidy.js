// An answer as the server will store it (domain/forms/tidy.py), so that a condition reads the same here and there.
// `undefined` is no answer: blank, or of a shape that the server will not count as one.
import { spelt } from "./spelling.js";

const EXACT = 2 ** 53;
const IN_LINE = "\\t \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[\\n\\r${IN_LINE}]+|[\\n\\r${IN_LINE}]+$`, "g");
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

// What Python counts as white space around a number or in the box of a date.
const SPACE = "[\\t-\\r\\u001c- \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

/** Whether nothing is left when the spaces at both ends are taken off. */
export const blank = (text) => text.replace(ENDS, "") === "";

export const trimmed = (text) => text.replace(AROUND, "");

/** Text in one spelling; `most` counts what is sent, spaces at the ends too. */
export function tidyText(value, { most = Infinity, format = "", lines = false, ascii = false } = {}) {
  if ([...value].length > most || FORBIDDEN.test(value)) return undefined;
  const ends = value.replace(/\r\n?/g, "\n").replace(ENDS, "");
  const text = ascii ? ends : ends.normalize("NFC");
  if (!lines && text.includes("\n")) return undefined;
  return spelt(format, text) || undefined;
}

/** What stands in a box for a number: `1,250`, `7.5`, `40%`. */
export function tidyNumber(typed, whole) {
  const plain = trimmed(trimmed(typed).replaceAll(",", "").replace(/%$/, ""));
  const value = /^[+-]?[0-9]+(\.[0-9]+)?$/.test(plain) ? Number(plain) : NaN;
  const counts = Math.abs(value) <= EXACT && (!whole || Number.isInteger(value));
  return counts ? value + 0 : undefined; // -0 is 0
}

/** Three boxes as one date, as far as they are filled; a box of noughts is an empty one. */
export function tidyDay(year, month, day) {
  const boxes = [trimmed(year), ...[month, day].map((box) => filled(trimmed(box)))];
  while (boxes.length && !boxes.at(-1)) boxes.pop();
  return tidyCode(boxes.join("-"));
}

export const tidyCode = (text) => (text && !FORBIDDEN.test(text) ? text : undefined);

function filled(box) {
  const sign = /^[+-]/.test(box) ? box[0] : "";
  const full = sign + box.slice(sign.length).padStart(2 - sign.length, "0");
  return full === "00" ? "" : full;
}
