// The console: nobody gets in without a code, and each role finds its pages whole in every language.

import assert from "node:assert/strict";

import { look } from "../lib/look.mjs";

const LANGUAGES = ["ar", "fr", "en"];
const PAGES = {
  officer: { cases: "/console/cases" },
  room: { cases: "/console/cases", tips: "/console/tips", delivery: "/console/delivery" },
  approver: { cases: "/console/cases" },
  administrator: { people: "/console/people" },
};

export default async function everyRoleFindsItsPages(world) {
  await aWrongCodeIsRefused(world);
  for (const [role, pages] of Object.entries(PAGES)) {
    const page = await world.signIn(role);
    for (const [name, path] of Object.entries(pages)) {
      for (const language of LANGUAGES) {
        const answer = await page.goto(`${path}?lang=${language}`);
        assert.equal(answer.status(), 200, `${role}: ${path}`);
        await look(world, page, `${role}-${name}-${language}`, language);
      }
    }
    await page.click("form[action='/console/sign-out'] button");
    await page.waitForURL("**/console/sign-in**");
    await page.goto("/console/cases");
    assert.match(page.url(), /\/console\/sign-in/, "signed out is signed out");
  }
}

async function aWrongCodeIsRefused(world) {
  const page = await (await world.stranger({ screen: "phone", language: "ar" })).newPage();
  await page.goto("/console/cases");
  assert.match(page.url(), /\/console\/sign-in/, "a page of the console asks who it is");
  await look(world, page, "sign-in-ar-phone", "ar");
  const [person] = world.ready.people;
  await page.fill("#login", person.login);
  await page.fill("#password", "not the password");
  await page.fill("#code", "000000");
  await Promise.all([page.waitForEvent("load"), page.click("main button")]);
  assert.equal(await page.locator(".error-summary").count(), 1, "the form says that it did not fit");
  assert.equal(await page.inputValue("#password"), "", "a password is never shown again");
  world.forgive(/status of 4\d\d/);
}
