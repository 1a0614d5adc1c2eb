// Pages that change by themselves: what is shown is asked for again and again, and the page must still be the one that was
// opened, for a page that reloads shows new figures too.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Marks the page as opened now; a reload takes the mark away. */
export async function sitStill(page) {
  await page.evaluate(() => {
    window.satStill = true;
  });
}

/** Waits until `fits` holds for what `ask` answers, and returns that; the page has not been loaded anew. */
export async function changed(page, ask, fits, seconds = 60) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const now = await ask();
    if (fits(now)) {
      assert.ok(await page.evaluate(() => window.satStill === true), "the page was loaded anew");
      return now;
    }
    assert.ok(Date.now() < until, `after ${seconds} s the page shows ${JSON.stringify(now)}`);
    await sleep(100);
  }
}
