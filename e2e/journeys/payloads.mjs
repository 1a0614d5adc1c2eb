// Texts that want to be scripts, typed into every text field that the people of the console and the public are shown, with
// the content policy off: what holds is the escaping. Each page seen on the way and afterwards runs none and grew no markup.
//
// PAYLOAD_ROUNDS is how often each form is sent, each time with other texts: once by default, at which each text is typed
// into several fields; at 20 (`cargo xtask torture payloads`) each text has been typed into each field.

import assert from "node:assert/strict";

import { theApproverApproves, theOfficerReportsAndDrafts } from "./alert.mjs";
import { PAYLOADS, PLANTED } from "../lib/payloads.mjs";

const ROUNDS = Number(process.env.PAYLOAD_ROUNDS ?? 1);
export const SECONDS = 300 * ROUNDS;
/** Texts typed into a field at once, one after the other. */
const TOGETHER = 10;
/** Pages of one kind that are opened; they differ in what they are about. */
const OF_A_KIND = ROUNDS > 1 ? 2 : 1;
const ROLES = ["officer", "room", "approver", "unit", "prosecutor", "administrator"];
const NOT_A_PAGE = /[./](pdf|csv|xml|atom|rss|jpg|png|svg|zip|json|geojson|ics)$|\/sign-out|\/live|\/events|\/print\b/;

export default async function noTextBecomesAScript(world) {
  const seen = { hits: [], forms: new Map(), fields: new Set(), pages: 0 };
  const stranger = await (await world.stranger({ language: "fr", csp: false })).newPage();
  await theEyesAreOpen(world);
  const [officer, ...others] = await everybody(world, seen);
  const approver = others.find((one) => one.role === "approver");
  await theApproverApproves(world, await theOfficerReportsAndDrafts(world, officer.page), approver.page);
  await guarded(seen, stranger);
  for (const start of ["/fr", "/fr/tip", "/v", "/fr/letters", "/fr/subscribe"]) await walk(stranger, start, seen, ROUNDS);
  await theOfficerDraftsAnUpdate(officer.page);
  for (const { page } of [officer, ...others]) await walk(page, "/console/cases", seen, ROUNDS);
  // All that was stored is shown once more, to those who see most of it.
  const again = ROUNDS > 1 ? others : others.slice(0, 1);
  for (const { page } of [officer, ...again]) await walk(page, "/console/cases", seen, 0);
  assert.deepEqual(seen.hits, [], "a text became a script or markup");
  assert.ok(seen.fields.size > 60, `only ${seen.fields.size} text fields were found`);
  console.log(`  ${PAYLOADS.length} texts, ${seen.fields.size} text fields of ${seen.forms.size} forms, ${seen.pages} pages; 0 scripts`);
  world.forgive(/status of 4\d\d/);
}

async function everybody(world, seen) {
  const people = [];
  for (const role of ROLES) people.push({ role, page: await guarded(seen, await world.signIn(role, { csp: false })) });
  return people;
}

/** On a page that escapes nothing, what this journey looks for is there. */
async function theEyesAreOpen(world) {
  const seen = { hits: [], pages: 0 };
  const page = await guarded(seen, await (await world.stranger({ csp: false })).newPage());
  await page.goto("/robots.txt");
  for (const text of PAYLOADS.filter((text) => text.startsWith("<"))) {
    const before = seen.hits.length;
    await page.evaluate((html) => document.write(`<!doctype html><title>x</title><body>${html}`) ?? document.close(), text);
    await check(page, seen);
    assert.ok(seen.hits.length > before || /^<\/(title|style|script|textarea)>/.test(text) || text.includes("button autofocus"), `nobody sees ${text}`);
  }
  await page.context().close();
  world.forgive(/Refused to/);
}

/** Whatever a page lets run is written down with its address. */
async function guarded(seen, page) {
  await page.context().exposeBinding("planted", ({ page: at }) => seen.hits.push(`a script ran on ${at.url()}`));
  page.on("dialog", (dialog) => dialog.dismiss());
  return page;
}

/** A new version of what the public has, whose texts may be typed. */
async function theOfficerDraftsAnUpdate(page) {
  await page.goto("/console/cases");
  await page.locator("main a[href^='/console/cases/case_']").first().click();
  await Promise.all([page.waitForURL("**/draft"), page.click("form[action$='/alerts'] button")]);
}

/** Follows the links from a page, and sends each form it meets so many times. */
async function walk(page, start, seen, rounds) {
  const todo = [start];
  const met = new Map();
  while (todo.length) {
    const path = todo.shift();
    const kind = kindOf(path);
    if (NOT_A_PAGE.test(path.split("?")[0]) || (met.get(kind) ?? 0) >= OF_A_KIND) continue;
    met.set(kind, (met.get(kind) ?? 0) + 1);
    if (!(await opened(page, path, seen))) continue;
    todo.push(...(await links(page)));
    for (const form of await forms(page)) await send(page, path, form, seen, rounds);
  }
}

async function opened(page, path, seen) {
  const answer = await page.goto(path).catch((error) => error);
  if (answer instanceof Error && !/ERR_ABORTED|Download/.test(answer.message)) throw answer;
  if (answer instanceof Error || !/html/.test(answer.headers()["content-type"] ?? "")) return false;
  await check(page, seen);
  return answer.ok();
}

/** A page by what it shows, whichever case it is about. */
function kindOf(path) {
  return path.replace(/[a-z]+_[0-9a-f]{32}/g, ":id").replace(/\d+/g, "0").replace(/=[^&]*/g, "=");
}

function links(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("a[href]")]
      .filter((link) => link.origin === location.origin && !link.hasAttribute("download"))
      .map((link) => link.pathname + link.search),
  );
}

/** The forms of the page that have a field for text, with how many buttons send them. */
function forms(page) {
  return page.evaluate(() => {
    const text = "textarea, input:not([type]), input:is([type=text], [type=search], [type=email], [type=tel], [type=url], [type=hidden])";
    return [...document.forms].map((form, number) => ({
      number,
      action: new URL(form.action, location.href).pathname,
      fields: [...form.querySelectorAll(text)].filter((field) => field.type !== "hidden" && field.name).map((field) => field.name),
      buttons: form.querySelectorAll("button:not([type=button]):not([disabled])").length,
    }));
  });
}

async function send(page, path, form, seen, rounds) {
  const key = kindOf(form.action) + " " + form.fields.filter((name) => !/[0-9]/.test(name)).join(",");
  if (!form.fields.length || !form.buttons || (seen.forms.get(key) ?? 0) >= rounds) return;
  for (let round = seen.forms.get(key) ?? 0; round < rounds; round += 1) {
    if (round > 0 && !(await opened(page, path, seen))) return;
    seen.forms.set(key, round + 1);
    if (!(await typed(page, form, round, seen))) return;
    await Promise.race([page.waitForEvent("load"), page.waitForTimeout(ROUNDS > 1 ? 5_000 : 2_500)]);
    await check(page, seen);
  }
}

/** Types into each field of the form what is its turn, and sends it with the button whose turn it is. */
async function typed(page, form, round, seen) {
  const turns = form.fields.map((name, place) => {
    seen.fields.add(`${kindOf(form.action)} ${name}`);
    const from = ((round + place + seen.fields.size) * TOGETHER) % PAYLOADS.length;
    return [name, PAYLOADS.slice(from, from + TOGETHER).join(" ")];
  });
  return page
    .evaluate(
      ([number, values, turn]) => {
        const form = document.forms[number];
        if (!form) return false;
        for (const [name, value] of values) {
          const field = form.elements[name];
          if (!(field instanceof HTMLElement)) continue;
          field.value = value;
          for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
        }
        form.noValidate = true;
        const buttons = [...form.querySelectorAll("button:not([type=button]):not([disabled])")];
        form.requestSubmit(buttons[turn % buttons.length]);
        return true;
      },
      [form.number, turns, round],
    )
    .catch(() => true);
}

/** Looks at what the page has become. */
async function check(page, seen) {
  seen.pages += 1;
  const planted = await settled(page, () =>
    page.evaluate((selector) => [...document.querySelectorAll(selector)].map((one) => one.outerHTML.slice(0, 160)), PLANTED),
  );
  for (const markup of planted) seen.hits.push(`markup on ${page.url()}: ${markup}`);
}

/** Asks a page once it stands still: it may have been on its way to another. */
async function settled(page, ask, tries = 5) {
  try {
    await page.waitForLoadState("load");
    return await ask();
  } catch (error) {
    if (tries === 0 || !/context was destroyed/.test(error.message)) throw error;
    return settled(page, ask, tries - 1);
  }
}
