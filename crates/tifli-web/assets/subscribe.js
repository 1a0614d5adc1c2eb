// Turns alerts on and off for this browser: registers the service worker, asks for permission, subscribes to push and
// tells the server {subscription, place, language}. The page works without it up to that point.

const box = document.getElementById("push");
const form = document.getElementById("push-form");
const on = document.getElementById("push-on");
const off = document.getElementById("push-off");
const offLine = document.getElementById("push-off-line");
const status = document.getElementById("push-status");

function say(word, kind = "") {
  status.textContent = box.dataset[word];
  status.className = `note ${kind}`;
  status.hidden = false;
}

function keyBytes(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (c) => c.charCodeAt(0));
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
}

// The service worker needs place and language again when the browser renews the subscription by itself.
function remember(settings) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("tifli", 1);
    open.onupgradeneeded = () => {
      open.result.createObjectStore("seen", { keyPath: "a" });
      open.result.createObjectStore("settings", { keyPath: "id" });
    };
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const tx = open.result.transaction("settings", "readwrite");
      const store = tx.objectStore("settings");
      if (settings) store.put({ id: "mine", ...settings });
      else store.delete("mine");
      tx.oncomplete = () => { open.result.close(); resolve(); };
      tx.onerror = () => reject(tx.error);
    };
  });
}

async function turnOn(event) {
  event.preventDefault();
  const chosen = new FormData(form);
  const place = chosen.get("place");
  const language = chosen.get("language");
  if (!place) return say("choose", "warn");
  on.disabled = true;
  say("waiting");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("refused", "warn");
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: keyBytes(box.dataset.key),
    });
    await post("/subscribe", { subscription: subscription.toJSON(), place, language });
    await remember({ place, language });
    offLine.hidden = false;
    say("done", "good");
  } catch {
    say("failed", "warn");
  } finally {
    on.disabled = false;
  }
}

async function turnOff() {
  off.disabled = true;
  try {
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.getSubscription();
    if (subscription) {
      await post("/unsubscribe", { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    await remember(null);
    offLine.hidden = true;
    say("removed", "good");
  } catch {
    say("failed", "warn");
  } finally {
    off.disabled = false;
  }
}

async function start() {
  if (!box.dataset.key) return;
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    return say("unsupported", "warn");
  }
  try {
    await navigator.serviceWorker.register("/sw.js");
    const registration = await navigator.serviceWorker.ready;
    offLine.hidden = !(await registration.pushManager.getSubscription());
    off.addEventListener("click", turnOff);
    if (form) {
      form.addEventListener("submit", turnOn);
      on.disabled = false;
    }
  } catch {
    say("failed", "warn");
  }
}

start();
