// Judges submissions as a browser and another validator do: our own visibility.js bundled as the product bundles it, and
// Ajv for 2020-12 with its formats. node judges.mjs FOLDER_OF_NODE_MODULES
// The first line in is a list of {schema, told}; each line after it is {form, sent, tidy}, tidy null where the server will
// not look. Out comes {valid, shown, required} for each, or {error}.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(path.join(path.resolve(process.argv[2]), "here.js"));
const { default: Ajv2020 } = require("ajv/dist/2020.js");
const { default: addFormats } = require("ajv-formats");
const source = fileURLToPath(new URL("../../platform/frontdoor/web/assets/parts/visibility.js", import.meta.url));
const built = await require("esbuild").build({
  entryPoints: [source],
  bundle: true,
  minify: true,
  format: "esm",
  write: false,
  target: ["es2020", "safari15"],
  nodePaths: [path.resolve(process.argv[2])],
});
const { resolved } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);

let forms;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!forms) {
    forms = JSON.parse(line).map(({ schema, told }) => {
      const ajv = addFormats(new Ajv2020({ strict: false }));
      if (!ajv.validateSchema(schema)) throw new Error(ajv.errorsText());
      return { told, validate: ajv.compile(schema) };
    });
    continue;
  }
  process.stdout.write(`${JSON.stringify(judged(JSON.parse(line)))}\n`);
}

function judged({ form, sent, tidy }) {
  const { told, validate } = forms[form];
  const valid = validate(sent);
  if (!tidy) return { valid };
  try {
    const now = resolved(told, tidy);
    const places = [
      ...Object.keys(told.questions).map((id) => [id]),
      ...Object.entries(told.groups).flatMap(([group, { questions }]) =>
        (tidy[group] ?? []).flatMap((row) => Object.keys(questions).map((id) => [id, row.id, group])),
      ),
    ];
    const shown = places.filter((place) => now.shows(...place));
    const name = ([id, row, group]) => (group ? `${group}/${row}/${id}` : id);
    return { valid, shown: shown.map(name).sort(), required: shown.filter((place) => now.requires(...place)).map(name).sort() };
  } catch (error) {
    return { valid, error: String(error) };
  }
}
