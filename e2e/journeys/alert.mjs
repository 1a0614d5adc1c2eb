// From a report to the end: an officer reports and drafts, an approver approves, a phone nearby is told, somebody who saw
// the child writes, the room links the tip, the alert ends, and the phone and the page forget the child.

import assert from "node:assert/strict";

import { drawPortrait, fill, hoursAgo, press } from "../lib/forms.mjs";
import { changed, sitStill } from "../lib/live.mjs";
import { look } from "../lib/look.mjs";
import * as push from "../lib/push.mjs";

const ZONE = "Africa/Casablanca";
const CHILD = "Nawal";
const REPORT = {
  reporter_name: "Halima Ouazzani",
  reporter_relation: "mother",
  reporter_phone: "+212 600 00 00 19",
  consent_publish: "yes",
  consent_given_by: "Halima Ouazzani",
  child_first_name_ar: "نوال",
  child_first_name: CHILD,
  child_family_name_ar: "المثال",
  child_family_name: "Exemple",
  child_age: "8",
  child_sex: "girl",
  clothes_ar: "معطف أحمر وحذاء أبيض",
  clothes: "Manteau rouge, chaussures blanches",
  last_seen_at: hoursAgo(2, ZONE),
  last_seen_words: "Devant l'école",
  circumstances: "N'est pas rentrée de l'école.",
  gate_custody: "no",
  gate_protection: "no",
  gate_fleeing: "no",
};

export default async function fromReportToTheEnd(world) {
  const phone = await aPhoneSubscribes(world);
  const officer = await world.signIn("officer");
  const alert = await theOfficerReportsAndDrafts(world, officer);
  const delivery = await theApproverApproves(world, alert, await world.signIn("approver"));
  await theFiguresGrow(world, delivery);
  const told = await thePhoneIsTold(world, phone);
  const code = told.payload.a;
  const room = await theRoomWatches(world);
  const receipt = await somebodyTells(world, code);
  await theRoomSeesItCome(room);
  await theRoomLinksTheTip(world, room);
  await theOfficerEndsIt(world, officer, alert);
  await thePhoneForgets(world, phone);
  await thePageForgets(world, code);
  await theReceiptStillOpens(world, receipt);
}

async function aPhoneSubscribes(world) {
  const phone = await push.newPhone(world);
  const context = await world.stranger({ language: "fr", permissions: ["notifications"] });
  await push.overrideSubscribe(context, phone);
  const page = await context.newPage();
  await page.goto("/fr/subscribe");
  await page.fill("#q", "Casablanca");
  await page.click("form[role=search] button");
  await page.waitForSelector("#push-form");
  await page.locator("#push-form [name=place]").first().check();
  await page.check("#push-form [name=language][value=fr]");
  await page.click("#push-on:enabled");
  await page.waitForSelector("#push-status.good");
  await world.picture(page, "1-subscribed");
  return { ...phone, page };
}

export async function theOfficerReportsAndDrafts(world, page) {
  await page.goto("/console/cases");
  await Promise.all([page.waitForURL("**/report"), page.click("form[action='/console/cases'] button")]);
  await fill(page, REPORT);
  await page.setInputFiles("#photo", await drawPortrait(page.context()));
  await page.waitForSelector("#photo-list img");
  await page.fill("#place_q", "Casablanca");
  await page.locator("#place-hits [name=last_seen_place]:not([value=''])").first().check();
  await look(world, page, "2-report", "fr");
  await press(page, { name: "intent", value: "open" });
  const confirmed = page.locator("#confirmed");
  if (await confirmed.count()) {
    await confirmed.check();
    await press(page, { name: "intent", value: "open" });
  }
  await look(world, page, "3-case", "fr");
  await Promise.all([page.waitForURL("**/draft"), page.click("form[action$='/alerts'] button")]);
  await look(world, page, "4-draft", "fr");
  const alert = new URL(page.url()).pathname.split("/")[3];
  await press(page, { name: "intent", value: "submit" });
  return alert;
}

export async function theApproverApproves(world, alert, page) {
  await page.goto(`/console/alerts/${alert}/approval`);
  await look(world, page, "5-approval", "fr");
  const password = page.locator("main input[name=password]");
  if (await password.count()) {
    await password.fill(world.ready.people.find((one) => one.role === "approver").password);
  }
  for (const channel of await page.locator("input[name=untargeted]").all()) await channel.check();
  await push.answerLate(world, 500);
  await press(page, { name: "decision", value: "approve" });
  assert.equal(new URL(page.url()).pathname, `/console/alerts/${alert}/delivery`, "the approval was accepted");
  const before = await figures(page);
  await sitStill(page);
  await look(world, page, "6-delivery", "fr");
  return { page, before };
}

/** The page that stays open counts on by itself until all is sent, and then stops asking. */
async function theFiguresGrow(world, { page, before }) {
  assert.ok(before.moving, "the page was opened while it was being sent");
  await push.answerLate(world, 0);
  const after = await changed(page, () => figures(page), (now) => now.handed === now.inside && !now.moving);
  assert.ok(after.handed > before.handed, `handed grew from ${before.handed} to ${after.handed}`);
}

/** The first two figures, and whether the page asks again: read at one moment, since the page changes by itself. */
function figures(page) {
  return page.locator("#figures").evaluate((box) => {
    const [inside, handed] = [...box.querySelectorAll(".tile strong")].map((tile) => Number(tile.textContent.replace(/\D/g, "")));
    return { inside, handed, moving: box.hasAttribute("hx-get") };
  });
}

async function thePhoneIsTold(world, phone) {
  const [told] = await push.received(world, phone, { atLeast: 1 });
  assert.equal(told.payload.k, "alert");
  await push.deliver(phone.page, told.payload);
  const [shown] = await push.notifications(phone.page, (list) => list.length === 1);
  assert.match(shown.title, new RegExp(CHILD));
  assert.equal(shown.tag, told.payload.a);
  return told;
}

async function somebodyTells(world, code) {
  const page = await (await world.stranger({ language: "fr" })).newPage();
  await page.goto(`/fr/a/${code}`);
  await look(world, page, "7-alert", "fr");
  assert.match(await page.textContent("h1"), new RegExp(CHILD));
  await page.click("a.see");
  await fill(page, { seen: "Une fille en manteau rouge à l'arrêt du tram.", place: "Casablanca" });
  await press(page, { name: "act", value: "send" });
  await look(world, page, "8-thanks", "fr");
  return (await page.textContent(".receipt")).replace(/\D/g, "");
}

/** The room's queue is open, and hears that it is connected. */
async function theRoomWatches(world) {
  const page = await world.signIn("room");
  await page.goto("/console/tips?state=received");
  await page.waitForFunction(() => {
    const state = document.querySelector("[data-live-state]");
    return state.textContent === state.closest("[data-events]").dataset.live;
  });
  await sitStill(page);
  return { page, before: await queue(page) };
}

async function theRoomSeesItCome({ page, before }) {
  const after = await changed(page, () => queue(page), (now) => now.rows > before.rows && now.waiting > before.waiting);
  assert.equal(after.rows, before.rows + 1);
  assert.match(await page.textContent("#tip-rows li .said"), /manteau rouge/);
}

async function queue(page) {
  return { rows: await page.locator("#tip-rows li").count(), waiting: Number((await page.textContent("[data-waiting]")).replace(/\D/g, "")) };
}

async function theRoomLinksTheTip(world, { page }) {
  await page.click("#tip-rows a.strong");
  await look(world, page, "9-tip", "fr");
  await Promise.all([page.waitForEvent("load"), page.click("form[action$='/link'] button")]);
}

async function theOfficerEndsIt(world, page, alert) {
  await page.goto(`/console/alerts/${alert}/end`);
  await page.check("#reason-found");
  await look(world, page, "10-end", "fr");
  await Promise.all([page.waitForEvent("load"), page.click("main button.danger")]);
}

async function thePhoneForgets(world, phone) {
  const told = await push.received(world, phone, { atLeast: 2 });
  const end = told.at(-1).payload;
  assert.equal(end.k, "ended");
  assert.ok(!JSON.stringify(end).includes(CHILD), "the end names nobody");
  await push.deliver(phone.page, end);
  const [shown] = await push.notifications(phone.page, (list) => list.length === 1 && list[0].data.kind === "ended");
  assert.ok(!`${shown.title} ${shown.body}`.includes(CHILD));
  assert.ok(!shown.image, "the photo is off the screen");
}

async function thePageForgets(world, code) {
  const page = await (await world.stranger({ language: "fr" })).newPage();
  // A page may be kept for five seconds and shown for ten more while it is fetched again; this browser has kept none.
  await page.goto(`/fr/a/${code}`);
  await look(world, page, "11-ended", "fr");
  assert.ok(!(await page.content()).includes(CHILD), "the page names nobody");
}

async function theReceiptStillOpens(world, receipt) {
  const page = await (await world.stranger({ language: "fr" })).newPage();
  await page.goto("/fr/tip/return");
  await page.fill("#receipt", receipt);
  await press(page);
  await look(world, page, "12-dialogue", "fr");
}
