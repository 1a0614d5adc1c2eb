// The line drops in the middle of a report: what is typed is kept on the computer as ciphertext alone, outlives the tab, is
// sent when the line is back, field by field and never over a colleague's answer, and is gone after signing out.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { look } from "../lib/look.mjs";

/** Words that no byte on this computer may hold. */
const TYPED = { circumstances: "Motsecretun derriere le marche", clothes_ar: "معطفسري أحمر", home_address: "Motsecretdeux 12" };
const NEEDLES = ["Motsecretun", "Motsecretdeux", "معطفسري"];

export default async function aReportLivesThroughACut(world) {
  const page = await world.signIn("officer");
  const address = await newReport(page);
  await allSaved(page);
  await page.context().setOffline(true);
  await type(page, TYPED);
  await page.waitForFunction(() => /Pas de connexion/.test(document.getElementById("save-state").textContent));
  await stored(page, 1);
  await world.picture(page, "cut-fr-desktop");
  await nothingReadable(page);

  // The tab is closed, as if the machine had gone down, and the page is opened again when the line is back.
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  for (const [name, value] of Object.entries(TYPED)) await shows(again, name, value);
  await allSaved(again);
  await stored(again, 0);
  await again.reload();
  for (const [name, value] of Object.entries(TYPED)) assert.equal(await again.inputValue(`[name=${name}]`), value, `${name} is with the server`);

  await aColleagueIsNotWrittenOver(world, again, address);
  await twoTabsDoNotSendTwice(context, address);
  await theBackButtonShowsWhatWasTyped(again);
  await signingOutLeavesNothing(world, again, address);
  // The map asks for its outline without a line, too.
  world.forgive(/ERR_INTERNET_DISCONNECTED|maplibre-gl/);
}

async function newReport(page) {
  await page.goto("/console/cases?lang=fr");
  await Promise.all([page.waitForURL("**/report**"), page.click("form[action='/console/cases'] button")]);
  return page.url();
}

async function type(page, values) {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
  await page.locator("[name=reporter_name]").focus();
}

const allSaved = (page) => page.waitForFunction(() => /Tout est enregistré/.test(document.getElementById("save-state").textContent));

const shows = (page, name, value) => page.waitForFunction(([of, is]) => document.getElementById("report")?.elements[of]?.value === is, [name, value]);

/** Waits until so many records wait in the browser. */
async function stored(page, count) {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await dump(page)).writes.length === count) return;
    await sleep(100);
  }
  assert.fail(`not ${count} records: ${(await dump(page)).writes.length}`);
}

/** Everything the browser holds for this site, as text; keys are asked for their raw bytes, which they must refuse. */
function dump(page) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const out = { writes: [], text: JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }), refused: 0, keys: 0 };
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store);
        for (const row of await done(all.getAll())) {
          for (const value of Object.values(row)) {
            if (value instanceof CryptoKey) {
              out.keys += 1;
              await crypto.subtle.exportKey("raw", value).catch(() => (out.refused += 1));
            } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
              const bytes = new Uint8Array(value.buffer ?? value);
              out.text += new TextDecoder("utf-8").decode(bytes) + new TextDecoder("utf-16le").decode(bytes.slice(0, bytes.length & ~1));
            } else out.text += JSON.stringify(value);
          }
          if (store === "writes") out.writes.push(row.id);
        }
      }
      db.close();
    }
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) out.text += request.url;
    return out;
  });
}

async function nothingReadable(page) {
  const kept = await dump(page);
  assert.equal(kept.writes.length, 1, "something waits");
  assert.ok(kept.keys > 0 && kept.refused === kept.keys, "no key gives its bytes away");
  for (const word of NEEDLES) assert.ok(!kept.text.includes(word), `${word} lies readable in the browser`);
}

async function aColleagueIsNotWrittenOver(world, page, address) {
  const other = await world.sameAgain(page, { language: "fr" });
  await other.goto(address);
  await page.context().setOffline(true);
  await type(page, { marks: "Cicatrice au genou" });
  await stored(page, 1);
  await type(other, { marks: "Tache de naissance" });
  await allSaved(other);
  await page.context().setOffline(false);
  await page.waitForSelector("[data-field=marks] .conflict");
  world.forgive(/status of 409/);
  assert.match(await page.textContent("[data-field=marks] .conflict"), /Tache de naissance[^]*Cicatrice au genou/, "both stand there");
  await world.picture(page, "conflict-fr-desktop");
  await page.click("[data-field=marks] .conflict button:nth-of-type(2)");
  await allSaved(page);
  await page.reload();
  assert.equal(await page.inputValue("[name=marks]"), "Cicatrice au genou");
}

async function twoTabsDoNotSendTwice(context, address) {
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto(address);
  const kept = [];
  context.on("response", (response) => {
    if (response.url().endsWith("/answers") && response.ok()) kept.push(response.request().postDataJSON().field);
  });
  await context.setOffline(true);
  await type(tabs[0], { last_seen_words: "Devant la pharmacie" });
  await type(tabs[1], { consent_given_by: "La mere" });
  await stored(tabs[0], 2);
  await context.setOffline(false);
  for (const tab of tabs) await allSaved(tab);
  await stored(tabs[0], 0);
  assert.deepEqual(kept.sort(), ["consent_given_by", "last_seen_words"], "each was sent once");
  for (const tab of tabs) await tab.close();
}

async function theBackButtonShowsWhatWasTyped(page) {
  await page.context().setOffline(true);
  await type(page, { marks: "Cicatrice au genou gauche" });
  await stored(page, 1);
  await page.context().setOffline(false);
  await page.goto("/console/cases");
  await page.goBack();
  await shows(page, "marks", "Cicatrice au genou gauche");
  await allSaved(page);
}

async function signingOutLeavesNothing(world, page, address) {
  await page.context().setOffline(true);
  await type(page, { marks: "Rien ne reste" });
  await stored(page, 1);
  const other = await page.context().newPage();
  await page.close();
  await other.context().setOffline(false);
  await other.goto("/console/cases");
  await Promise.all([other.waitForURL("**/console/sign-in**"), other.click("form[action='/console/sign-out'] button")]);
  await look(world, other, "signed-out-fr-desktop", "fr");
  for (let tries = 0; tries < 50; tries += 1) {
    const names = await other.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    if (!names.includes("tifli-kept")) return;
    await sleep(100);
  }
  assert.fail(`something is left on the computer of ${new URL(address).pathname.split("/")[2]}`);
}
