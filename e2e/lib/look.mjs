// What holds for every page of the house: language and direction said, one heading, nothing wider than the screen, every
// picture with words, every field with a label, links and buttons with a name.

import assert from "node:assert/strict";

const DIRECTIONS = { ar: "rtl", fr: "ltr", en: "ltr" };

/** Checks the page and takes its picture. */
export async function look(world, page, name, language) {
  const seen = await page.evaluate(survey);
  const at = `${name} (${new URL(page.url()).pathname})`;
  assert.equal(seen.lang, language, `${at}: language`);
  assert.equal(seen.dir, DIRECTIONS[language], `${at}: direction`);
  assert.equal(seen.headings, 1, `${at}: number of main headings`);
  assert.ok(seen.title.trim().length > 3, `${at}: title`);
  assert.ok(seen.overflow <= 1, `${at}: ${seen.overflow} px wider than the screen`);
  for (const kind of ["withoutAlt", "broken", "withoutLabel", "nameless", "untranslated"]) {
    assert.deepEqual(seen[kind], [], `${at}: ${kind}`);
  }
  await world.picture(page, name);
}

/** Runs in the page. */
function survey() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const short = (element) => element.outerHTML.slice(0, 120);
  const shown = (element) => element.getClientRects().length > 0;
  const named = (element) =>
    element.textContent.trim() || element.getAttribute("aria-label") || element.title || element.querySelector("img[alt]:not([alt=''])");
  return {
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    title: document.title,
    headings: all("h1").length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    withoutAlt: all("img:not([alt])").map(short),
    broken: all("img").filter((image) => image.complete && image.naturalWidth === 0 && shown(image)).map(short),
    withoutLabel: all("input:not([type=hidden]), select, textarea")
      .filter((field) => field.labels.length === 0 && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby"))
      .map(short),
    nameless: all("a[href], button").filter((element) => shown(element) && !named(element)).map(short),
    // A word that a translation lacks is shown by its key.
    untranslated: document.documentElement.innerHTML.match(/⟦[^⟧]*⟧/g) ?? [],
  };
}
