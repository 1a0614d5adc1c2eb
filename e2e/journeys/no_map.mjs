// The whole case on an old computer, in Arabic: once without any script, once with scripts but without WebGL. Report,
// draft, approval, end and its confirmation go by plain forms; the place comes from the search, the map is drawn by us.

import assert from "node:assert/strict";

import { drawPortrait, fill, hoursAgo, press } from "../lib/forms.mjs";
import { look } from "../lib/look.mjs";

const ZONE = "Africa/Casablanca";
const CHILD = "سلمى";
const REPORT = {
  reporter_name: "Karim Ouazzani",
  reporter_relation: "father",
  reporter_phone: "+212 600 00 00 23",
  consent_publish: "yes",
  consent_given_by: "Karim Ouazzani",
  child_first_name_ar: CHILD,
  child_first_name: "Salma",
  child_family_name_ar: "المثال",
  child_family_name: "Exemple",
  child_age: "6",
  child_sex: "girl",
  clothes_ar: "فستان أصفر وحذاء أبيض",
  clothes: "Robe jaune, chaussures blanches",
  last_seen_at: hoursAgo(3, ZONE),
  last_seen_words: "قرب باب المدرسة",
  circumstances: "لم تعد من المدرسة.",
  gate_custody: "no",
  gate_protection: "no",
  gate_fleeing: "no",
};

/** How the photo and the place are given: with a script they follow by themselves, without one a button sends them. */
const WAYS = {
  plain: {
    photo: async (page, file) => {
      await page.setInputFiles("#photo", file);
      await press(page, { name: "intent", value: "photo" });
    },
    place: async (page, query) => {
      await page.fill("#place_q", query);
      await press(page, { name: "intent", value: "place" });
    },
  },
  script: {
    photo: (page, file) => page.setInputFiles("#photo", file),
    place: (page, query) => page.fill("#place_q", query),
  },
};

export default async function theWholeCaseWithoutAMap(world) {
  const officer = await world.signIn("officer", { language: "ar", script: false });
  const approver = await world.signIn("approver", { language: "ar", script: false });
  await fromReportToTheEnd(world, { name: "plain", officer, approver });
  await fromReportToTheEnd(world, {
    name: "script",
    officer: await world.sameAgain(officer, { language: "ar", webgl: false }),
    approver: await world.sameAgain(approver, { language: "ar", webgl: false }),
  });
}

async function fromReportToTheEnd(world, { name, officer, approver }) {
  const see = (page, what) => look(world, page, `${name}-${what}`, "ar");
  const alert = await reportAndDraft(world, officer, WAYS[name], see);
  const code = await approve(world, approver, alert, see);
  await thePublicSees(world, name, code);
  await end(officer, alert, see);
  await confirm(approver, alert, see);
  await thePublicForgets(world, name, code);
}

async function reportAndDraft(world, page, way, see) {
  await page.goto("/console/cases");
  await Promise.all([page.waitForURL("**/report"), page.click("form[action='/console/cases'] button")]);
  await fill(page, REPORT);
  await way.photo(page, await drawPortrait(page.context()));
  await page.waitForSelector("#photo-list img");
  await way.place(page, "Casablanca");
  await page.locator("#place-hits [name=last_seen_place]:not([value=''])").first().check();
  await fill(page, { last_seen_lat: "33.58900", last_seen_lon: "-7.60300" });
  await press(page, { name: "intent", value: "map" });
  assert.equal(await page.locator("#map > svg").count(), 1, "the map is drawn by us");
  assert.equal(await page.locator(".map-board").count(), 0, "nothing tries to be a live map");
  await see(page, "1-report");
  await press(page, { name: "intent", value: "open" });
  const confirmed = page.locator("#confirmed");
  if (await confirmed.count()) {
    await confirmed.check();
    await press(page, { name: "intent", value: "open" });
  }
  await see(page, "2-case");
  await Promise.all([page.waitForURL("**/draft"), page.click("form[action$='/alerts'] button")]);
  await press(page, { name: "intent", value: "preview" });
  await see(page, "3-draft");
  const alert = new URL(page.url()).pathname.split("/")[3];
  await press(page, { name: "intent", value: "submit" });
  assert.match(page.url(), /\/console\/cases\//, "the draft was handed over");
  return alert;
}

async function approve(world, page, alert, see) {
  await page.goto(`/console/alerts/${alert}/approval`);
  await see(page, "4-approval");
  const password = page.locator("main input[name=password]");
  if (await password.count()) {
    await password.fill(world.ready.people.find((one) => one.role === "approver").password);
  }
  for (const channel of await page.locator("input[name=untargeted]").all()) await channel.check();
  await press(page, { name: "decision", value: "approve" });
  await page.goto(`/console/alerts/${alert}/delivery`);
  await see(page, "5-delivery");
  await page.click(".crumbs a");
  return (await page.getAttribute("main a[href*='/a/']", "href")).split("/").at(-1);
}

async function thePublicSees(world, name, code) {
  const page = await (await world.stranger({ language: "ar", script: name === "script" })).newPage();
  await page.goto(`/ar/a/${code}`);
  await look(world, page, `${name}-6-alert`, "ar");
  assert.match(await page.textContent("h1"), new RegExp(CHILD));
}

async function end(page, alert, see) {
  await page.goto(`/console/alerts/${alert}/end`);
  await page.check("#reason-found");
  await see(page, "7-end");
  await Promise.all([page.waitForEvent("load"), page.click("main button.danger")]);
}

async function confirm(page, alert, see) {
  await page.goto(`/console/alerts/${alert}/end/confirm`);
  await see(page, "8-confirm");
  await press(page);
}

async function thePublicForgets(world, name, code) {
  const page = await (await world.stranger({ language: "ar", script: name === "script" })).newPage();
  const answer = await page.goto(`/ar/a/${code}`);
  assert.equal(answer.status(), 200);
  assert.ok(!(await page.content()).includes(CHILD), "the page names nobody");
}
