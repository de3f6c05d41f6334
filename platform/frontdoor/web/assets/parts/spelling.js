// The one spelling of an identifier (domain/identifiers.py): `sw1a1aa` is stored as `SW1A 1AA`. What is not right is
// left as it was typed.
const UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
const SHAPES = {
  "nhs-no": /^[0-9]{10}$/,
  upn: new RegExp(`^[${UPN_LETTERS}][0-9]{11}[0-9${UPN_LETTERS}]$`),
  nino: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?$/,
  postcode: /^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/,
  uprn: /^[0-9]{1,12}$/,
};
const CHECKS = {
  "nhs-no"(text) {
    const total = [...text.slice(0, 9)].reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0);
    return Number(text[9]) === (11 - (total % 11)) % 11;
  },
  upn(text) {
    const worth = (symbol) => (/[0-9]/.test(symbol) ? Number(symbol) : UPN_LETTERS.indexOf(symbol));
    const total = [...text.slice(1)].reduce((sum, symbol, place) => sum + worth(symbol) * (place + 2), 0);
    return UPN_LETTERS[total % 23] === text[0];
  },
};

/** A text without its spaces, by what the server takes for one: JavaScript's `\s` has others. */
export const closed = (text) =>
  text.replace(/[\t-\r\u001c- \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, "");

export function spelt(format, typed) {
  if (format === "time-of-day") return timeOfDay(typed);
  const shape = SHAPES[format];
  const close = closed(typed);
  if (!shape || /[^\u0000-\u007f]/.test(close)) return typed;
  const text = close.toUpperCase();
  if (!shape.test(text) || (CHECKS[format] && !CHECKS[format](text))) return typed;
  return format === "postcode" ? `${text.slice(0, -3)} ${text.slice(-3)}` : text;
}

/** A time as the server keeps it: `3.30pm` is `15:30`; what is no time stays as it was typed. */
function timeOfDay(text) {
  const named = { noon: "12:00", midday: "12:00", "hanner dydd": "12:00", midnight: "00:00", "hanner nos": "00:00" };
  const lowered = text.toLowerCase();
  if (named[lowered]) return named[lowered];
  const whole = /^(?:([01]?[0-9]|2[0-3])[:.]([0-5][0-9])|([01][0-9]|2[0-3])([0-5][0-9]))$/.exec(text);
  const half = /^(0?[1-9]|1[0-2])(?:[:.]?([0-5][0-9]))?[ \u00a0\u202f]?(a\.?m\.?|p\.?m\.?|y[bp])$/.exec(lowered);
  if (!whole && !half) return text;
  if (whole) return `${(whole[1] ?? whole[3]).padStart(2, "0")}:${whole[2] ?? whole[4]}`;
  const hour = (Number(half[1]) % 12) + (half[3].includes("p") ? 12 : 0);
  return `${String(hour).padStart(2, "0")}:${half[2] ?? "00"}`;
}
