// What JavaScript adds. Every page works without it: this makes pages quicker and saves what is being typed.
import { saveAsTyped } from "./parts/autosave.js";
import { showAndHide } from "./parts/conditions.js";
import { exclusiveChoices, focusErrors, largeFiles, pressOnce } from "./parts/forms.js";
import { searchableSelects } from "./parts/search.js";

focusErrors(document);
pressOnce(document);
exclusiveChoices(document);
largeFiles(document);
searchableSelects(document);
for (const form of document.querySelectorAll("form[data-form]")) {
  showAndHide(form, document.querySelector("script[data-conditions]"));
  saveAsTyped(form);
}
