// Reads the answers of a page out of its controls, in the shape that the form keeps them.

export function answersOf(form, page) {
  const answers = {};
  for (const wrapper of form.querySelectorAll("[data-question]:not([hidden])")) {
    if (wrapper.closest("[data-page][hidden]")) continue;
    const { group, row, question: id, name } = wrapper.dataset;
    const question = (group ? page.groups[group].questions : page.questions)[id];
    if (!question || question.widget === "file") continue;
    if (question.widget === "group") {
      answers[id] = [...form.querySelectorAll(`input[name="${name}-rows"]`)].map((held) => ({ id: held.value }));
      continue;
    }
    const value = read(form, name, question, page.as_of);
    if (value === undefined) continue;
    if (group) answers[group].find((one) => one.id === row)[id] = value;
    else answers[id] = value;
  }
  return answers;
}

function read(form, name, question, asOf) {
  const held = (part = "") => form.elements.namedItem(name + part)?.value?.trim() ?? "";
  const ticked = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((box) => box.value);
  switch (question.widget) {
    case "radios":
      return coded(ticked[0], question);
    case "select":
      return coded(held() || undefined, question);
    case "yes_no":
      return ticked.length ? ticked[0] === "yes" : undefined;
    case "checkboxes":
      return ticked.length ? ticked : undefined;
    case "number":
      return number(held());
    case "date":
    case "partial_date":
      return day(held, form, name, asOf);
    case "address":
      return address(held);
    default:
      return held() || undefined;
  }
}

function coded(code, question) {
  return question.whole && /^-?[0-9]+$/.test(code ?? "") ? Number(code) : code;
}

function number(text) {
  const plain = text.replaceAll(",", "").replace(/%$/, "").trim();
  return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(plain) ? Number(plain) : undefined;
}

function address(held) {
  const parts = ["line_1", "line_2", "town", "postcode"].map((part) => [part, held(`-${part}`)]);
  const filled = parts.filter(([, text]) => text);
  return filled.length ? Object.fromEntries(filled) : undefined;
}

function day(held, form, name, asOf) {
  const [year, month, date] = [held("-year"), held("-month"), held("-day")];
  if (year) return [year, month && month.padStart(2, "0"), date && date.padStart(2, "0")].filter(Boolean).join("-");
  if (month || date) return undefined;
  return band(held("-band"), asOf) ?? (form.elements.namedItem(`${name}-unknown`)?.checked ? "unknown" : undefined);
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
