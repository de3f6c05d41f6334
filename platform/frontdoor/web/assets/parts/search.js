// A long list becomes a box to type in; the list itself stays what is sent.
import accessibleAutocomplete from "accessible-autocomplete";

export function searchableSelects(page) {
  for (const select of page.querySelectorAll("select[data-search]")) enhance(select);
}

function enhance(select) {
  const described = select.getAttribute("aria-describedby");
  const choose = (text) => {
    const option = [...select.options].find((one) => one.value && one.text === text);
    const value = option?.value ?? "";
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  };
  accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.value ? select.selectedOptions[0].text : "",
    showAllValues: true,
    onConfirm: (text) => text !== undefined && choose(text),
  });
  const box = select.parentElement.querySelector(".autocomplete__input");
  if (!box) return;
  if (described) box.setAttribute("aria-describedby", described);
  // What is typed over and fits no entry is no choice: the list must not keep the old one unseen.
  box.addEventListener("blur", () => choose(box.value));
}
