// What every console page may do better with a script: clocks that tick, a queue that fills itself, counts while
// typing. Every page is complete without it. It keeps nothing and sends nothing anywhere but to our own pages.

const digits = (text, ten) => (ten && ten !== "0123456789" ? text.replace(/\d/g, (d) => ten[d]) : text);

const inside = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.body.childNodes];
};

function tick() {
  const now = Date.now() / 1000;
  for (const clock of document.querySelectorAll("[data-until]")) {
    const left = Number(clock.dataset.until) - now;
    const minutes = Math.floor(Math.abs(left) / 60);
    const side = left < 0 ? "late" : "left";
    const long = minutes >= 60;
    const pattern = clock.dataset[`${side}${long ? "Hours" : "Minutes"}`];
    if (!pattern || minutes > 2880) continue;
    const x = String(long ? Math.floor(minutes / 60) : minutes);
    const text = pattern.replace("%x", x).replace("%y", String(minutes % 60).padStart(2, "0"));
    const shown = digits(text, clock.dataset.digits);
    if (clock.textContent !== shown) clock.textContent = shown;
    clock.classList.toggle("late", left < 0);
    clock.classList.toggle("soon", left >= 0 && left < 21600);
  }
}

function watch(box) {
  const list = box.dataset.list;
  const state = box.querySelector("[data-live-state]");
  const say = (text, bad) => {
    state.textContent = text;
    state.classList.toggle("trouble", bad);
  };
  let asking = false;
  let again = false;
  const refresh = async () => {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch(box.dataset.rows, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const fresh = inside(await answer.text()).find((node) => node.id === list);
      if (fresh) document.getElementById(list).replaceWith(fresh);
    } catch {
      say(box.dataset.lost, true);
    }
    asking = false;
    if (again) {
      again = false;
      refresh();
    }
  };
  const waiting = document.querySelector("[data-waiting]");
  const events = new EventSource(box.dataset.events);
  events.addEventListener("open", () => say(box.dataset.live, false));
  events.addEventListener("error", () => say(box.dataset.lost, true));
  events.addEventListener("changed", (event) => {
    const count = Number.parseInt(event.data, 10);
    if (waiting && Number.isFinite(count)) {
      waiting.firstElementChild.textContent = waiting.dataset.pattern.replace("%x", String(count));
    }
    refresh();
  });
  window.addEventListener("pagehide", () => events.close());
}

function count(form) {
  const panel = document.getElementById("reach");
  const names = ["area", "lat", "lon", "radius_km", "polygon"];
  const listed = "regions";
  let timer = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const typed = new FormData(form);
    // In the body, never in the address: where a child was last seen belongs in no log.
    const body = new URLSearchParams([...names, "csrf"].map((name) => [name, String(typed.get(name) ?? "")]));
    for (const id of typed.getAll(listed)) body.append(listed, String(id));
    try {
      const answer = await fetch(form.dataset.reach, { method: "POST", body, signal: asking.signal });
      if (answer.ok && !answer.redirected) panel.replaceChildren(...inside(await answer.text()));
    } catch {
      // The button below the panel counts again; the shown figures keep their own area in words.
    }
  };
  form.addEventListener("input", (event) => {
    if (event.target.name !== listed && !names.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 400);
  });
}

/** What the words typed so far say: open cases and questions. What is chosen and what has the focus stay. */
function aid(form) {
  let timer = 0;
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const typed = new FormData(form);
    // In the body, never in the address: what a caller says belongs in no log.
    const body = new URLSearchParams([...typed].map(([name, value]) => [name, String(value)]));
    try {
      const answer = await fetch(form.dataset.aid, { method: "POST", body, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const fresh = inside(await answer.text()).find((node) => node.id === "call-aid");
      const old = document.getElementById("call-aid");
      if (!fresh || old.contains(document.activeElement)) return;
      const chosen = old.querySelector("input:checked")?.value;
      old.replaceWith(fresh);
      const same = [...fresh.querySelectorAll("input")].find((input) => input.value === chosen);
      if (same) same.checked = true;
    } catch {
      // The button below looks as well; what was typed stays in the form.
    }
  };
  form.addEventListener("input", (event) => {
    if (event.target.name === "about") return;
    clearTimeout(timer);
    timer = setTimeout(ask, 350);
  });
}

/** One key opens the call form, unless somebody types or has switched it off in this browser (WCAG 2.1.4). */
function keyed(link) {
  const isOff = () => localStorage.getItem("call-key") === "off";
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const held = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    const hit = event.code === `Digit${link.dataset.key}` || event.code === `Numpad${link.dataset.key}`;
    if (!hit || held || event.repeat || typing || isOff()) return;
    event.preventDefault();
    location.assign(link.href);
  });
  const announce = () => (isOff() ? link.removeAttribute("aria-keyshortcuts") : link.setAttribute("aria-keyshortcuts", link.dataset.key));
  announce();
  const choice = document.querySelector("[data-key-switch]");
  if (!choice) return;
  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = !isOff();
  box.addEventListener("change", () => {
    localStorage.setItem("call-key", box.checked ? "on" : "off");
    announce();
  });
}

/** How much of a limited text is used, once it is nearly full: what is beyond the limit would be cut without a word. */
function measure(area) {
  const line = document.createElement("p");
  line.className = "hint number";
  line.setAttribute("aria-live", "polite");
  area.after(line);
  const show = () => {
    const used = area.value.length;
    line.textContent = used > area.maxLength * 0.8 ? `${used} / ${area.maxLength}` : "";
  };
  area.addEventListener("input", show);
  show();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  // What waits on this computer goes with the session; the page after it looks once more (forget.js).
  if (form.matches("[action='/console/sign-out']") && "indexedDB" in window) indexedDB.deleteDatabase("tifli-kept");
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-veil-open]");
  if (button) button.closest("[data-veil]").classList.toggle("open");
});

tick();
setInterval(tick, 5000);
for (const box of document.querySelectorAll("[data-events]")) watch(box);
for (const form of document.querySelectorAll("form[data-reach]")) count(form);
for (const form of document.querySelectorAll("form[data-aid]")) aid(form);
for (const link of document.querySelectorAll("a[data-key]")) keyed(link);
for (const form of document.querySelectorAll("form[data-send-now]")) form.requestSubmit();
for (const area of document.querySelectorAll("textarea[maxlength]")) measure(area);
