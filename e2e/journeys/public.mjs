// Anyone: every public page in every language, on a phone and on a desktop, and the pages for codes that do not exist.

import assert from "node:assert/strict";

import { look } from "../lib/look.mjs";
import { SCREENS } from "../lib/world.mjs";

const LANGUAGES = ["ar", "fr", "en"];
const PAGES = { current: "/", subscribe: "/subscribe", verify: "/verify", return: "/tip/return", about: "/about" };

export default async function everyPublicPage(world) {
  for (const screen of Object.keys(SCREENS)) {
    for (const language of LANGUAGES) {
      const page = await (await world.stranger({ screen, language })).newPage();
      for (const [name, path] of Object.entries(PAGES)) {
        const answer = await page.goto(`/${language}${path}`);
        assert.equal(answer.status(), 200, path);
        await look(world, page, `${name}-${language}-${screen}`, language);
      }
      await page.goto(`/${language}/subscribe`);
      await page.fill("#q", "Casablanca");
      await page.click("form[role=search] button");
      await page.waitForSelector("#push-form");
      await look(world, page, `place-${language}-${screen}`, language);
      for (const code of world.ready.alerts) {
        await page.goto(`/${language}/a/${code}`);
        await look(world, page, `alert-${language}-${screen}`, language);
        await page.goto(`/${language}/a/${code}/tip`);
        await look(world, page, `tip-${language}-${screen}`, language);
      }
      await page.context().close();
    }
  }
  await theLanguageFollowsTheBrowser(world);
  await anUnknownAlertIsNotFound(world);
}

async function theLanguageFollowsTheBrowser(world) {
  const page = await (await world.stranger({ language: "fr" })).newPage();
  await page.goto("/");
  assert.equal(await page.getAttribute("html", "lang"), "fr");
  await page.click(".langs a[lang=ar]");
  await page.waitForURL("**/ar**");
  assert.equal(await page.getAttribute("html", "dir"), "rtl");
}

async function anUnknownAlertIsNotFound(world) {
  const page = await (await world.stranger({ language: "en" })).newPage();
  const answer = await page.goto("/en/a/2222222222222222");
  assert.equal(answer.status(), 404);
  await look(world, page, "unknown-en-phone", "en");
  world.forgive(/status of 404/);
}
