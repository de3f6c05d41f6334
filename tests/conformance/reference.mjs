// Answers JSON lines {"logic", "data"} with json-logic-js and our added operators: {"value"} or {"error"} for each.
// node reference.mjs FOLDER_OF_NODE_MODULES
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import path from "node:path";

const jsonLogic = createRequire(import.meta.url)(path.join(path.resolve(process.argv[2]), "json-logic-js"));
const source = readFileSync(new URL("../../platform/frontdoor/web/assets/operators.js", import.meta.url), "utf8");
const { addOperators } = await import("data:text/javascript;base64," + Buffer.from(source).toString("base64"));
addOperators(jsonLogic);

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { logic, data } = JSON.parse(line);
  let answer;
  try {
    const value = jsonLogic.apply(logic, data);
    answer = { value: value === undefined ? null : value };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
