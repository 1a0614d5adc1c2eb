// What a journey gets: people at the console, strangers at the public pages, and an eye on everything that goes wrong.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import * as totp from "./totp.mjs";
import { watch } from "./watch.mjs";

/** Screens a page is looked at on. */
export const SCREENS = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 900 } },
};

/** Kept over all journeys of a run: a code is never accepted twice. */
const lastSteps = new Map();

export class World {
  #browser;
  #folder;
  #contexts = [];
  #troubles = [];

  constructor(browser, ready, folder) {
    this.#browser = browser;
    this.#folder = folder;
    this.ready = ready;
  }

  /**
   * A browser of nobody in particular; `screen` is a name of SCREENS, `language` what it asks for. An old computer has no
   * WebGL, and a locked one runs no script. Without `csp` a page may do what its content policy forbids.
   */
  async stranger({ screen = "phone", language = "ar", permissions = [], script = true, webgl = true, csp = true, storageState } = {}) {
    const options = { baseURL: this.ready.base, locale: language, javaScriptEnabled: script, bypassCSP: !csp, storageState, ...SCREENS[screen] };
    const context = await this.#browser.newContext(options);
    context.setDefaultTimeout(15_000);
    if (!webgl) await context.addInitScript(withoutWebgl);
    await context.grantPermissions(permissions, { origin: this.ready.base });
    watch(context, this.ready.base, this.#troubles);
    this.#contexts.push(context);
    return context;
  }

  /** A page at the console of the person with this role, signed in with password and code. */
  async signIn(role, { screen = "desktop", language = "fr", script = true, csp = true } = {}) {
    const person = this.ready.people.find((one) => one.role === role);
    assert.ok(person, `the ready file names nobody with the role ${role}`);
    const context = await this.stranger({ screen, language, script, csp });
    const page = await context.newPage();
    await page.goto("/console/sign-in");
    const step = await totp.freshStep(lastSteps.get(person.login));
    lastSteps.set(person.login, step);
    await page.fill("#login", person.login);
    await page.fill("#password", person.password);
    await page.fill("#code", totp.code(person.totp_secret, step));
    await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("/sign-in")), page.click("main button")]);
    return page;
  }

  /** The person who is signed in on this page, in another browser with the same session. */
  async sameAgain(page, options) {
    const storageState = await page.context().storageState();
    return (await this.stranger({ screen: "desktop", ...options, storageState })).newPage();
  }

  /** A picture of the whole page, named after the journey and what it shows. */
  async picture(page, name) {
    await mkdir(this.#folder, { recursive: true });
    await page.screenshot({ path: path.join(this.#folder, `${name}.png`), fullPage: true, animations: "disabled" });
  }

  /** Forgives troubles that the journey provoked on purpose; there must be at least one that fits. */
  forgive(pattern) {
    const kept = this.#troubles.filter((trouble) => !pattern.test(trouble));
    assert.ok(kept.length < this.#troubles.length, `nothing to forgive fits ${pattern}`);
    this.#troubles.splice(0, this.#troubles.length, ...kept);
  }

  expectNoTrouble() {
    assert.deepEqual(this.#troubles, [], "the browser complained");
  }

  /** After a failure: a picture of every open page, and the troubles so far. */
  async showWhereItStood() {
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [number, page] of pages.entries()) {
      console.log(`  page ${number + 1} stood at ${page.url()}`);
      await this.picture(page, `failed-${number + 1}`).catch((error) => console.log(`  no picture of it: ${error.message}`));
    }
    for (const trouble of this.#troubles) console.log(`  ${trouble}`);
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** Runs in each page before its own scripts. */
function withoutWebgl() {
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function getContext(kind, ...rest) {
    return kind.startsWith("webgl") || kind === "experimental-webgl" ? null : real.call(this, kind, ...rest);
  };
}
