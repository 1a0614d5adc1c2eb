// Service worker of the public pages: turns a push into a notification, replaces it by newer versions, and takes name
// and photo off the screen when the alert ends. It keeps no page and intercepts no request.
//
// Payload (JSON): k kind "alert" | "update" | "ended", a public code of the alert, v version, x expiry in Unix seconds,
// l language "ar" | "fr" | "en", n first name, g age in years, p place, u path of the page, s how
// loudly ("quiet" | "normal" | "siren"), and r "drill" | "demo" when it
// is not the real thing. An ended alert has no n, g, p.

const WORDS = {
  ar: {
    dir: "rtl", comma: "، ", drill: "تمرين", demo: "تجريبي",
    alert: "طفل مفقود", update: "تحديث: طفل مفقود",
    ended: "انتهى هذا الإنذار", endedMore: "يرجى حذف كل ما شاركتموه بشأنه.",
    years: { zero: "أقل من سنة", one: "سنة واحدة", two: "سنتان", few: "# سنوات", many: "# سنة", other: "# سنة" },
  },
  fr: {
    dir: "ltr", comma: ", ", drill: "EXERCICE", demo: "DÉMONSTRATION",
    alert: "Enfant disparu", update: "Mise à jour : enfant disparu",
    ended: "Cette alerte est terminée", endedMore: "Merci de supprimer ce que vous avez partagé.",
    years: { one: "# an", other: "# ans" },
  },
  en: {
    dir: "ltr", comma: ", ", drill: "EXERCISE", demo: "DEMONSTRATION",
    alert: "Missing child", update: "Update: missing child",
    ended: "This alert has ended", endedMore: "Please delete what you shared.",
    years: { one: "# year old", other: "# years old" },
  },
};
// What the approver chose: whether it may be heard. A browser has no siren: it vibrates long and stays until it is touched.
const LOUD = { quiet: false, normal: true, siren: true };
const SIREN = [500, 200, 500, 200, 500];
const KEEP_SEEN_SECONDS = 30 * 24 * 3600;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(receive(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? "/"));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function receive(data) {
  const message = parse(data);
  await closeExpired();
  if (!message) return;
  const ended = message.k === "ended";
  if (!ended && message.x <= now()) return;
  if (!(await isNews(message))) return;
  await self.registration.showNotification(...(ended ? endedNotice(message) : alertNotice(message)));
}

function parse(data) {
  let message;
  try {
    message = data.json();
  } catch {
    return null;
  }
  const known = ["alert", "update", "ended"].includes(message?.k);
  const whole = /^[\w-]{1,64}$/.test(message?.a ?? "") && Number.isSafeInteger(message.v) && Number.isFinite(message.x);
  return known && whole ? message : null;
}

function alertNotice(m) {
  const words = WORDS[m.l] ?? WORDS.en;
  const age = Number.isInteger(m.g) ? words.comma + years(m.g, m.l, words) : "";
  const title = `${realm(m, words)}${m.k === "update" ? words.update : words.alert} – ${m.n ?? ""}${age}`;
  const photo = `/a/${m.a}/card.jpg?v=${m.v}`;
  const loud = LOUD[m.s];
  return [title, {
    ...frame(m, words),
    body: m.p ?? "",
    image: photo,
    renotify: loud ?? m.k === "alert",
    silent: loud === undefined ? m.k === "update" : !loud,
    requireInteraction: m.s === "siren",
    ...(m.s === "siren" ? { vibrate: SIREN } : {}),
  }];
}

function endedNotice(m) {
  const words = WORDS[m.l] ?? WORDS.en;
  return [realm(m, words) + words.ended, { ...frame(m, words), body: words.endedMore, silent: true }];
}

function frame(m, words) {
  return {
    tag: m.a,
    lang: m.l,
    dir: words.dir,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { url: localPath(m.u), expires: m.x, kind: m.k, version: m.v },
  };
}

// A drill or demo says so first, as every page of it does.
function realm(m, words) {
  return m.r === "drill" || m.r === "demo" ? `${words[m.r]} – ` : "";
}

function years(count, language, words) {
  const form = new Intl.PluralRules(language).select(count);
  return (words.years[form] ?? words.years.other).replace("#", String(count));
}

function localPath(path) {
  try {
    const url = new URL(path ?? "/", self.location.origin);
    return url.origin === self.location.origin ? url.pathname + url.search : "/";
  } catch {
    return "/";
  }
}

async function closeExpired() {
  const shown = await self.registration.getNotifications();
  for (const notification of shown) {
    const { kind, expires } = notification.data ?? {};
    if (kind !== "ended" && expires <= now()) notification.close();
  }
}

async function open(path) {
  const url = new URL(path, self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((client) => client.url === url);
  return page ? page.focus() : self.clients.openWindow(url);
}

// One transaction looks up and records, so that two pushes arriving together cannot both be newest.
// The end of an alert is final: nothing of the same alert comes after it.
async function isNews(m) {
  const db = await database();
  try {
    const tx = db.transaction("seen", "readwrite");
    const store = tx.objectStore("seen");
    const held = await done(store.get(m.a));
    const ended = m.k === "ended";
    const news = !held || (!held.ended && (ended || m.v >= held.v));
    if (news) store.put({ a: m.a, v: m.v, x: m.x, ended });
    forget(store);
    await new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onerror = () => reject(tx.error);
    });
    return news;
  } finally {
    db.close();
  }
}

function forget(store) {
  const cursor = store.openCursor();
  cursor.onsuccess = () => {
    if (!cursor.result) return;
    if (cursor.result.value.x + KEEP_SEEN_SECONDS < now()) cursor.result.delete();
    cursor.result.continue();
  };
}

// A browser may renew a subscription by itself; the server learns the new address and drops the old one.
async function renew(event) {
  const db = await database();
  const mine = await done(db.transaction("settings").objectStore("settings").get("mine"));
  db.close();
  const options = event.oldSubscription?.options;
  if (!mine || !options) return;
  const subscription = event.newSubscription ?? (await self.registration.pushManager.subscribe(options));
  await fetch("/subscribe", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      subscription: subscription.toJSON(),
      place: mine.place,
      language: mine.language,
      replaces: event.oldSubscription.endpoint,
    }),
  });
}

function database() {
  const request = indexedDB.open("tifli", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("seen", { keyPath: "a" });
    request.result.createObjectStore("settings", { keyPath: "id" });
  };
  return done(request);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function now() {
  return Date.now() / 1000;
}
