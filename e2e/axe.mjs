// Reads every page of the gallery with axe-core by the rules of WCAG 2.2, A and AA, and says what it finds: page, rule,
// element. Findings end with exit code 1.
//
//   node axe.mjs GALLERY             Arabic and French, light, on a desk
//   node axe.mjs --all [--report FILE] GALLERY       every language, light and dark, on a desk and on a phone
//
// Also read: CHROMIUM (the program). GALLERY is what `cargo run -p tifli-web --example gallery -- GALLERY` wrote.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

import { launch } from "./lib/browser.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml" };
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const AT_ONCE = 3;
// What stands against a rule and why it stays.
const STAYS = [
  { rule: "meta-refresh", page: /-embed(-none)?\.html$/, why: "a frame without script, which must show the end of an alert by itself" },
  { rule: "meta-refresh", page: /-console-delivery-dark\.html$/, why: "asked for by a link of the page, and left by another" },
];

const all = process.argv.includes("--all");
const report = process.argv.includes("--report") ? process.argv[process.argv.indexOf("--report") + 1] : null;
const folder = path.resolve(process.argv.at(-1));
const pages = (await readdir(folder)).filter((name) => name.endsWith(".html") && (all || /^(ar|fr)-/.test(name))).sort();
if (!pages.length) throw new Error(`no pages in ${folder}`);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const looks = all ? ["light", "dark"].flatMap((scheme) => [DESK, PHONE].map((viewport) => ({ scheme, viewport }))) : [{ scheme: "light", viewport: DESK }];

const server = await serve(folder);
const browser = await launch(process.env.CHROMIUM);
const browserVersion = browser.version();
const findings = [];
const readings = [];
try {
  for (const look of looks) {
    const todo = [...pages];
    const before = findings.length;
    await Promise.all(Array.from({ length: AT_ONCE }, () => read(look, todo)));
    readings.push({ ...look, found: findings.length - before });
    console.log(`${pages.length} pages, ${look.scheme}, ${look.viewport.width} px: ${findings.length - before} findings`);
  }
} finally {
  await browser.close();
  server.close();
}
for (const line of findings) console.log(line);
if (report) await writeFile(report, told());
console.log(`axe: ${pages.length * looks.length} readings; ${findings.length} findings`);
process.exitCode = findings.length ? 1 : 0;

/** Reads the pages that are left, one after the other. */
async function read({ scheme, viewport }, todo) {
  const context = await browser.newContext({ colorScheme: scheme, viewport, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (let name = todo.shift(); name; name = todo.shift()) {
    await page.goto(`http://127.0.0.1:${server.address().port}/${name}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => globalThis.axe.run({ runOnly: { type: "tag", values: tags } }), TAGS);
    for (const { id, nodes } of violations) {
      if (STAYS.some((one) => one.rule === id && one.page.test(name))) continue;
      for (const node of nodes) findings.push(`${name} (${scheme}, ${viewport.width} px): ${id}: ${node.target.join(" ")}: ${firstLine(node)}`);
    }
  }
  await context.close();
}

function firstLine(node) {
  return [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ").slice(0, 200);
}

/** What came of it, for the documents. */
function told() {
  const languages = [...new Set(pages.map((name) => name.split("-")[0]))];
  const version = createRequire(import.meta.url)("axe-core/package.json").version;
  const rows = readings.map(({ scheme, viewport, found }) => `| ${scheme} | ${viewport.width} × ${viewport.height} | ${pages.length} | ${found} |`);
  return `# Accessibility

Every page of the console and of the public, as its samples render it, read by axe-core ${version} by the rules of
WCAG 2.2, A and AA (${TAGS.join(", ")}), in ${languages.join(", ")}. \`cargo xtask test\` reads the pages in Arabic and French, light, on
a desk; \`cargo xtask torture a11y\` reads all and writes this page.

Read on ${new Date().toISOString().slice(0, 10)} in Chromium ${browserVersion}:

| Colors | Screen | Pages | Findings |
|---|---|---|---|
${rows.join("\n")}

What stands against a rule and stays:

${STAYS.map(({ rule, page, why }) => `- \`${rule}\` on \`${page.source}\`: ${why}.`).join("\n")}

A rule is no person: keyboard walks and what a screen reader is told are held by the journeys in \`e2e/journeys\`.
`;
}

/** The folder on a free port of this machine. */
function serve(root) {
  const answer = async (request, response) => {
    // Pages are read as they are rendered: a script would find nobody to talk to, or send its page on.
    if (/\.m?js$/.test(request.url)) return response.writeHead(404).end();
    const file = path.join(root, path.normalize(decodeURIComponent(new URL(request.url, "http://x").pathname)));
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer(answer);
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}
