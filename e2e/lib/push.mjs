// Push without a push service of the browser: headless Chromium cannot subscribe, so the page is handed a subscription of
// the sandbox push service, and what that sandbox received and decrypted is given to the service worker by hand.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** A phone of the sandbox: a browser subscription and the number under which its messages are listed. */
export async function newPhone(world) {
  assert.ok(world.ready.push, "the ready file names no push_url");
  const [subscription] = await askJson(`${world.ready.push}/subscriptions`, { count: 1 });
  const number = Number(new URL(subscription.endpoint).pathname.split("/")[2]);
  return { subscription, number };
}

/** Makes `pushManager.subscribe()` of every page of the context answer with the phone's subscription. */
export async function overrideSubscribe(context, phone) {
  await context.addInitScript((subscription) => {
    let mine = null;
    const made = (options) => ({
      endpoint: subscription.endpoint,
      expirationTime: null,
      options,
      toJSON: () => ({ ...subscription, expirationTime: null }),
      unsubscribe: async () => {
        mine = null;
        return true;
      },
    });
    if (!("PushManager" in window)) return;
    PushManager.prototype.subscribe = async (options) => (mine ??= made(options));
    PushManager.prototype.getSubscription = async () => mine;
  }, phone.subscription);
}

/** Waits for the next messages of the phone and returns all it has had, oldest first: {kind, alert, version, payload}. */
export async function received(world, phone, { atLeast, seconds = 30 }) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const messages = await askJson(`${world.ready.push}/received/${phone.number}`);
    if (messages.length >= atLeast) return messages;
    assert.ok(Date.now() < until, `the phone had ${messages.length} messages, not ${atLeast}, after ${seconds} s`);
    await sleep(100);
  }
}

/** Every phone answers so late, until it is set to 0: so that a page can be looked at while something is being sent. */
export async function answerLate(world, milliseconds) {
  const rules = milliseconds ? [{ share: 1, delay_ms: milliseconds }] : [];
  await askJson(`${world.ready.push}/faults`, rules);
}

/** Hands a message to the service worker of the page's origin, as the browser would on a push. */
export async function deliver(page, payload) {
  const session = await page.context().newCDPSession(page);
  try {
    const registration = await findRegistration(session, new URL(page.url()).origin);
    const data = typeof payload === "string" ? payload : JSON.stringify(payload);
    await session.send("ServiceWorker.deliverPushMessage", {
      origin: new URL(page.url()).origin,
      registrationId: registration,
      data,
    });
  } finally {
    await session.detach();
  }
}

/** The notifications on the phone's screen, once `fits` holds for them. */
export async function notifications(page, fits, seconds = 10) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const list = await registration.getNotifications();
      return list.map(({ title, body, tag, lang, dir, image, data }) => ({ title, body, tag, lang, dir, image, data }));
    });
    if (fits(shown)) return shown;
    assert.ok(Date.now() < until, `the notifications are not as expected: ${JSON.stringify(shown)}`);
    await sleep(100);
  }
}

async function findRegistration(session, origin) {
  const found = new Promise((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const mine = registrations.find((one) => !one.isDeleted && new URL(one.scopeURL).origin === origin);
      if (mine) resolve(mine.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const none = sleep(10_000, null, { ref: false }).then(() => assert.fail("the page has no service worker"));
  return Promise.race([found, none]);
}

async function askJson(url, body) {
  const options = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(url, options);
  assert.ok(answer.ok, `${new URL(url).pathname} answered ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}
