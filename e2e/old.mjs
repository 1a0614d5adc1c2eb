// Whether our style sheets and scripts keep to what the oldest browsers of a police post know: Firefox 115 and Chrome 109,
// the last ones for Windows 7. It reads the files as they are served and knows each feature's age from the public tables
// of support; the vendored files are read for their syntax and run for real in Chromium 109 (see run.mjs).
//
//   node e2e/old.mjs     prints what is too new, with file and line, and fails if there is anything

import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";
import stylelint from "stylelint";

const OLDEST = ["firefox 115", "chrome 109"];
/** What is missing there and does no harm: the value is left out, and the one before it holds. */
const HARMLESS = ["extended-system-fonts", "text-size-adjust"];
const assets = path.join(path.dirname(fileURLToPath(import.meta.url)), "../crates/tifli-web/assets");

const files = (await readdir(assets)).map((name) => path.join(assets, name));
const scripts = files.filter((file) => file.endsWith(".js"));
const sheets = files.filter((file) => file.endsWith(".css"));
const vendored = (await readdir(path.join(assets, "vendor"))).map((name) => path.join(assets, "vendor", name));
const found = [
  ...(await inScripts(scripts, [compat.configs["flat/recommended"]].flat())),
  ...(await inScripts(vendored.filter((file) => /\.m?js$/.test(file)), [])),
  ...(await inSheets([...sheets, ...vendored.filter((file) => file.endsWith(".css"))])),
];
for (const line of found) console.log(line);
console.log(`old browsers: ${scripts.length} scripts, ${sheets.length} style sheets read; ${found.length} found (${OLDEST.join(", ")})`);
process.exitCode = found.length ? 1 : 0;

/** Scripts are read as of 2022: newer syntax does not parse. */
async function inScripts(list, rules) {
  const eslint = new ESLint({
    cwd: assets,
    overrideConfigFile: true,
    overrideConfig: [
      ...rules,
      { files: ["**/*.js", "**/*.mjs"], languageOptions: { ecmaVersion: 2022, sourceType: "module" }, settings: { browsers: OLDEST } },
    ],
  });
  const results = await eslint.lintFiles(list);
  return results.flatMap(({ filePath, messages }) =>
    messages.filter(({ severity }) => severity === 2).map(({ line, message }) => where(filePath, line, message)),
  );
}

async function inSheets(list) {
  const { results } = await stylelint.lint({
    files: list,
    config: {
      plugins: ["stylelint-no-unsupported-browser-features"],
      rules: {
        "plugin/no-unsupported-browser-features": [true, { browsers: OLDEST, ignore: HARMLESS, ignorePartialSupport: true }],
      },
    },
    configBasedir: path.dirname(fileURLToPath(import.meta.url)),
  });
  return results.flatMap(({ source, warnings }) => warnings.map(({ line, text }) => where(source, line, text)));
}

function where(file, line, text) {
  return `${path.relative(process.cwd(), file)}:${line}: ${text}`;
}
