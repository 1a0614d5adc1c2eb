// Runs the journeys of journeys/ one after the other in headless Chromium, against a demonstration that is already up.
//
//   READY_FILE=… node run.mjs [JOURNEY…]     what the demonstration wrote when it became ready (lib/ready.mjs)
//   BASE_URL=http://127.0.0.1:8080 node run.mjs public     without people or push, for journeys that need neither
//
// Also read: CHROMIUM (the program), CHROMIUM_FLAGS (flags more, with spaces between), SCREENSHOTS (a folder,
// target/screenshots by default).

import { mkdir, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";

import { launch } from "./lib/browser.mjs";
import { readReady } from "./lib/ready.mjs";
import { World } from "./lib/world.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const screenshots = process.env.SCREENSHOTS ?? path.join(here, "../target/screenshots");
/** How long a journey may take; one that needs more says so by `SECONDS`. */
const JOURNEY_SECONDS = 180;

const names = await journeyNames(process.argv.slice(2));
const ready = await readReady(process.env);
await mkdir(screenshots, { recursive: true });
const browser = await launch(process.env.CHROMIUM, process.env.CHROMIUM_FLAGS?.split(" "));
let failed = 0;
try {
  for (const name of names) failed += (await run(name)) ? 0 : 1;
} finally {
  await browser.close();
}
console.log(`\njourneys: ${names.length - failed} passed; ${failed} failed; screenshots in ${path.relative(process.cwd(), screenshots)}`);
process.exitCode = failed ? 1 : 0;

async function journeyNames(wanted) {
  const files = await readdir(path.join(here, "journeys"));
  const all = files.filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4)).sort();
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length) throw new Error(`no journey is called ${unknown.join(", ")}; there are ${all.join(", ")}`);
  return wanted.length ? wanted : all;
}

async function run(name) {
  const journey = await import(`./journeys/${name}.mjs`);
  const world = new World(browser, ready, path.join(screenshots, name));
  const start = performance.now();
  const late = timer(journey.SECONDS ?? JOURNEY_SECONDS);
  try {
    await Promise.race([journey.default(world), late.promise]);
    world.expectNoTrouble();
    console.log(`journey ${name} ... ok (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`journey ${name} ... FAILED\n${error.stack ?? error}`);
    await world.showWhereItStood();
    return false;
  } finally {
    late.stop();
    await world.close();
  }
}

function timer(seconds) {
  let handle;
  const promise = new Promise((_, reject) => {
    handle = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
  });
  return { promise, stop: () => clearTimeout(handle) };
}
