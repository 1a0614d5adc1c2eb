// Starts Chromium with nothing of its own going on: no update, no sync, no network of its own, a fresh profile.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A headless browser with these flags more; playwright gives it a new user data folder and removes it at the end. */
export function launch(program, flags = []) {
  const executablePath = program ?? USUAL_PLACES.find(existsSync);
  if (!executablePath) throw new Error("there is no Chromium: set CHROMIUM to the program");
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}
