// Builds everything a browser loads into ../static/, each file named by its content.
//
// Every *.js and *.css directly in this folder is one file for a page to load; files in folders below are parts
// of them. `static/manifest.json` maps the plain name ("frontdoor.js") to the built one ("frontdoor-4KXZ2A7Q.js").
// Run with `npm run build` (the Makefile does).
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const assets = dirname(fileURLToPath(import.meta.url));
const built = join(assets, "..", "static");
const unfinished = `${built}.${process.pid}`;
const installed = (path) => createRequire(import.meta.url).resolve(path);

// Atkinson Hyperlegible *Next*: the first Atkinson Hyperlegible has no ŵ or ŷ, so no Welsh.
const FACES = ["400.css", "400-italic.css", "700.css"].map((name) => `@fontsource/atkinson-hyperlegible-next/${name}`);
// Noto Sans prints what Atkinson lacks: the ễ of Nguyễn, Greek, Cyrillic.
const PRINTED = [
  ["atkinson-hyperlegible-next", "AtkinsonHyperlegibleNext"],
  ["noto-sans", "NotoSans"],
].flatMap(([name, file]) => ["400Regular", "700Bold"].map((face) => [name, face, `${file}_${face}.ttf`]));
const GOVUK = "govuk-frontend.css";
const FAMILY = 'var(--frontdoor-font,"Atkinson Hyperlegible Next",arial,sans-serif)';

/** GOV.UK Frontend's styles in our typeface: GDS Transport and the crest are for GOV.UK alone. */
async function unbranded() {
  const css = await readFile(installed("govuk-frontend/dist/govuk/govuk-frontend.min.css"), "utf8");
  const ours = css
    .replace('@charset "UTF-8";', "")
    .replace(/@font-face\{[^}]*\}/g, "")
    .replaceAll(/"?GDS Transport"?,arial,sans-serif/g, FAMILY)
    .replaceAll("url(/assets/images/govuk-crest.svg)", "none");
  const left = ours.match(/GDS Transport|\/assets\/[^)]*/);
  if (left) throw new Error(`govuk-frontend still asks for "${left[0]}": teach build.mjs to replace it`);
  return FACES.map((face) => `@import "${face}";\n`).join("") + ours;
}

const govuk = {
  name: "govuk-frontend without its brand",
  setup(bundler) {
    bundler.onResolve({ filter: /^govuk-frontend\.css$/ }, () => ({ path: GOVUK, namespace: "govuk" }));
    bundler.onLoad({ filter: /.*/, namespace: "govuk" }, async () => ({
      contents: await unbranded(),
      loader: "css",
      resolveDir: assets,
    }));
  },
};

/** Return {plain name: the file to build it from}, by what lies in this folder. */
async function entries() {
  const own = (await readdir(assets)).filter((name) => [".js", ".css"].includes(extname(name)));
  return { [GOVUK]: GOVUK, ...Object.fromEntries(own.map((name) => [name, join(assets, name)])) };
}

async function bundle(plain, file) {
  const result = await build({
    entryPoints: [{ in: file, out: basename(plain, extname(plain)) }],
    outdir: unfinished,
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2020", "safari15"],
    loader: { ".woff2": "file", ".woff": "file", ".svg": "file", ".png": "file" },
    legalComments: "eof",
    metafile: true,
    logLevel: "warning",
    // Its `@media screen\0` is an old Internet Explorer trick; our own styles get no such leave.
    logOverride: file === GOVUK ? { "css-syntax-error": "silent" } : {},
    plugins: [govuk],
  });
  const output = Object.entries(result.metafile.outputs).find(([, made]) => made.entryPoint);
  return [plain, basename(output[0])];
}

/** Pictures are copied as they are, named by their content like everything else. */
async function copyPictures() {
  const pictures = (await readdir(assets)).filter((name) => extname(name) === ".svg");
  return Promise.all(
    pictures.map(async (plain) => {
      const content = await readFile(join(assets, plain));
      const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
      const named = `${basename(plain, ".svg")}-${hash}.svg`;
      await writeFile(join(unfinished, named), content);
      return [plain, named];
    }),
  );
}

/** TrueType for PDFs (xhtml2pdf reads no woff2), under plain names because no browser loads them. */
async function copyPrintFonts() {
  for (const [name, face, file] of PRINTED) {
    const folder = dirname(installed(`@expo-google-fonts/${name}/package.json`));
    await cp(join(folder, face, file), join(unfinished, "fonts", file));
  }
}

/** What we hand out of other people's work goes with its licence. */
async function copyLicences() {
  const licences = {
    "accessible-autocomplete": "accessible-autocomplete/LICENSE.txt",
    "json-logic-js": "json-logic-js/LICENSE",
    "atkinson-hyperlegible-next": "@fontsource/atkinson-hyperlegible-next/LICENSE",
    "noto-sans": "@expo-google-fonts/noto-sans/LICENSE_FONT",
  };
  const modules = join(dirname(installed("govuk-frontend/package.json")), "..");
  for (const [name, path] of Object.entries(licences)) {
    await cp(join(modules, path), join(unfinished, "licences", `${name}.txt`));
  }
  // govuk-frontend is MIT as we are, but its package holds no copy of the terms.
  const terms = await readFile(join(modules, "..", "LICENSE"), "utf8");
  const theirs = terms.replace(/^Copyright .*$/m, "Copyright (c) Crown copyright (Government Digital Service)");
  await writeFile(join(unfinished, "licences", "govuk-frontend.txt"), theirs);
}

await mkdir(unfinished, { recursive: true });
try {
  const files = await entries();
  const names = await Promise.all(Object.entries(files).map(([plain, file]) => bundle(plain, file)));
  names.push(...(await copyPictures()));
  await copyPrintFonts();
  await copyLicences();
  await writeFile(join(unfinished, "manifest.json"), `${JSON.stringify(Object.fromEntries(names.sort()), null, 2)}\n`);
  await rm(built, { recursive: true, force: true });
  await rename(unfinished, built);
} finally {
  await rm(unfinished, { recursive: true, force: true });
}
