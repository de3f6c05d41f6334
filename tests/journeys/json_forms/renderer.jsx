// A partner's own page: the real JSON Forms React renderer with the form that our API serves, and nothing of ours.
import React from "react";
import { createRoot } from "react-dom/client";
import { JsonForms } from "@jsonforms/react";
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = addFormats(new Ajv2020({ allErrors: true, verbose: true, strict: false, addUsedSchema: false }));

function Partner({ schema, uischema, start }) {
  const changed = ({ data, errors = [] }) => {
    window.partner = { data, errors: errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`) };
  };
  const drawn = { schema, uischema, ajv, renderers: vanillaRenderers, cells: vanillaCells };
  return <JsonForms {...drawn} data={start} onChange={changed} />;
}

window.show = (form, start) => {
  const told = { schema: form.schema, uischema: form.uischema, start };
  createRoot(document.body.appendChild(document.createElement("main"))).render(<Partner {...told} />);
};
