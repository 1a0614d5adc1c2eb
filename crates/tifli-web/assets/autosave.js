// Saves each answer of the report by itself and never loses one: unsaved answers wait, sealed on this computer (kept.js),
// and are sent again, in order, until the server has them, by this page or by the next one of the same case. Two people, or
// two windows, at one question are asked which answer to keep.
//
// POST {form.dataset.answers} {"field","value","base","mark","source","said_at","waited","again"}, header x-csrf-token:
//   200 {"seq"} kept · 409 {"seq","value","shown"?,"by","at"} somebody else answered · 422 {"problem"} not acceptable

import { open } from "./kept.js";

const form = document.getElementById("report");
const words = form.dataset;
const fields = new Map();
/** By question what is to be saved: the answer, when it was typed, when it was said, whether it was sent before. */
const queue = new Map();
/** Answers of other pages of this case that are sent from here: other stages, other people. */
const elsewhere = [];
const uploads = new Set();
const waits = [1000, 2000, 5000, 10000, 30000];
const shared = "BroadcastChannel" in window ? new BroadcastChannel(`answers:${words.answers}:${words.source}`) : null;
let failures = 0;
let sending = false;
let wake = 0;
let leaving = false;
let offline = false;
let keeper = null;

for (const box of form.querySelectorAll("[data-field]")) {
  const name = box.dataset.field;
  fields.set(name, {
    box,
    base: form.elements[`base.${name}`],
    note: document.getElementById(`${name}-saved`),
    kept: read(name),
    open: null,
    refused: null,
    /** The answer that waits for a choice, as it is kept meanwhile. */
    waiting: null,
    timer: 0,
  });
}

/** Whether the answer is typed; chosen ones say "change" by themselves. */
function typed(name) {
  const control = form.elements[name];
  return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
}

function differs(name, field) {
  return typed(name) && !field.open && read(name) !== field.kept && read(name) !== field.refused;
}

// A question has a value and may have a mark beside it (yes, no, not known, refused): both are one answer.
const between = "\u001f";

function read(name) {
  const value = form.elements[name]?.value ?? "";
  const mark = form.elements[`mark.${name}`]?.value ?? "";
  return mark ? value + between + mark : value;
}

function write(name, answer) {
  const [value, mark] = answer.split(between);
  const control = form.elements[name];
  if (control) control.value = value;
  const marked = form.elements[`mark.${name}`];
  if (marked) marked.value = mark ?? "";
}

/** The question a control belongs to. */
function question(control) {
  const name = control.name ?? "";
  return name.startsWith("mark.") ? name.slice(5) : name;
}

function clock(at) {
  const time = at ? new Date(at) : new Date();
  const text = `${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`;
  return text.replace(/\d/g, (d) => words.digits[d]);
}

function say(field, text, kind) {
  field.note.textContent = text;
  field.note.className = `saved ${kind}`;
}

function unsaved() {
  let open = 0;
  for (const field of fields.values()) if (field.open || field.refused !== null) open += 1;
  return queue.size + open + uploads.size + elsewhere.length;
}

const counted = (pattern, count) => pattern.replace("%x", String(count).replace(/\d/g, (d) => words.digits[d]));

/** The state in words: trouble first, then what waits, then that all is saved. */
function summary(text) {
  const line = document.getElementById("save-state");
  const left = unsaved();
  const cut = offline && left ? `${keeper?.alive ? words.offline : words.offlineOpen} ` : "";
  const said = text ?? `${cut}${left ? counted(words.pending, left) : words.allSaved}`;
  if (line.textContent !== said) line.textContent = said;
  line.className = `saved ${text || cut ? "trouble" : left ? "busy" : ""}`;
  const stuck = elsewhere.filter((one) => one.stuck);
  const box = document.getElementById("kept-elsewhere");
  box.replaceChildren(...pagesOf(stuck).map(([href, count]) => link(href, counted(words.elsewhere, count))));
}

/** The pages on which answers wait for a choice, each with how many. */
function pagesOf(entries) {
  const pages = new Map();
  for (const { tier, source } of entries) {
    const href = `${location.pathname}?tier=${encodeURIComponent(tier)}&source=${Number(source)}`;
    pages.set(href, (pages.get(href) ?? 0) + 1);
  }
  return [...pages];
}

function link(href, label) {
  const line = document.createElement("a");
  line.href = href;
  line.textContent = label;
  return line;
}

/** Everything that is not with the server, as it is kept and as it is sent. */
function entries() {
  const of = (name, answer, base, more) => {
    const [value, mark] = answer.split(between);
    return { field: name, value, mark: mark ?? "", base: Number(base), tier: form.elements.tier.value, source: Number(words.source), ...more };
  };
  const own = [...queue].map(([name, { answer, ...more }]) => of(name, answer, fields.get(name).base.value, more));
  const refused = [...fields].filter(([name, field]) => field.refused !== null && !queue.has(name));
  const wrong = refused.map(([name, field]) => of(name, field.refused, field.base.value, { at: Date.now(), said: "", again: false }));
  const waiting = [...fields.values()].map((field) => field.waiting).filter(Boolean);
  return [...elsewhere, ...own, ...wrong, ...waiting];
}

/** Keeps what waits; resolves to whether it is safe on disk. */
async function persist() {
  return keeper?.alive ? keeper.keep(entries()) : false;
}

/** Notes an answer as to be saved, unless it is what the server has. */
function note(name) {
  const field = fields.get(name);
  clearTimeout(field.timer);
  const value = read(name);
  if (field.open) return;
  if (value === field.kept && sending !== name) {
    queue.delete(name);
    persist();
    if (field.refused !== null) settle(name, field, value, field.base.value);
    say(field, "", "");
    summary();
    return;
  }
  if (value === field.refused) return;
  field.refused = null;
  const before = queue.get(name);
  queue.delete(name);
  // An answer whose reply is missing may be with the server: it is asked for before the newer one goes over it.
  const first = before?.first ?? (before?.again && before.answer !== value ? { ...parts(name, field, before.answer), at: before.at, said: before.said } : null);
  queue.set(name, { answer: value, at: Date.now(), said: form.elements.said_at?.value ?? "", again: false, first });
  say(field, words.saving, "busy");
  persist();
  summary();
  send();
}

async function send() {
  if (sending) return;
  const other = elsewhere.find((one) => !one.stuck);
  if (!other && queue.size === 0) return;
  clearTimeout(wake);
  const [name, entry] = other ? [null, other] : queue.entries().next().value;
  sending = name ?? other;
  const field = fields.get(name);
  let result = "retry";
  try {
    const first = entry.first;
    const one = first ? body({ ...first, again: true }) : other ? body(other) : body({ ...entry, ...parts(name, field, entry.answer) });
    if (!first) entry.again = true;
    persist();
    const answer = await fetch(words.answers, {
      method: "POST",
      keepalive: true,
      redirect: "manual",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": form.elements.csrf.value },
      body: JSON.stringify(one),
    });
    offline = false;
    const known = first && (answer.ok || answer.status === 422);
    if (known) result = await follow(answer, entry, field);
    else result = await (other ? judgeOther(answer, other) : judge(answer, name, field, entry.answer));
  } catch {
    offline = true;
  }
  sending = false;
  persist();
  if (result === "retry") return later(field);
  failures = 0;
  summary();
  send();
}

/** The earlier answer is with the server, or never will be: the newer one goes over it. */
async function follow(answer, entry, field) {
  const seq = answer.ok ? (await answer.json()).seq : entry.first.base;
  entry.first = null;
  if (field) field.base.value = String(seq);
  else entry.base = seq;
  return "done";
}

function parts(name, field, answer) {
  const [value, mark] = answer.split(between);
  return { field: name, value, mark, base: Number(field.base.value), source: Number(words.source) };
}

/** An answer as the server reads it, with how long it waited: it was said when it was typed. */
function body({ field, value, mark, base, source, said, at, again }) {
  const one = { field, value, base };
  if (mark) one.mark = mark;
  if (source) one.source = source;
  if (said) one.said_at = said;
  const waited = Math.round((Date.now() - at) / 1000);
  if (waited > 0) one.waited = waited;
  if (again) one.again = true;
  return one;
}

/** Of an answer of another page: what met a newer one waits for that page, where both are shown. */
async function judgeOther(answer, entry) {
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    if (!(await refreshToken())) summary(words.signedOut);
    return "retry";
  }
  if (answer.status === 409 || answer.status === 422) {
    entry.stuck = true;
    return "done";
  }
  if (!answer.ok) return "retry";
  elsewhere.splice(elsewhere.indexOf(entry), 1);
  return "done";
}

async function judge(answer, name, field, value) {
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    if (!(await refreshToken())) summary(words.signedOut);
    return "retry";
  }
  if (answer.status === 409) {
    const other = await answer.json();
    if (typeof other.seq !== "number") {
      // Not another answer: the case takes none any more.
      field.refused = value;
      queue.delete(name);
      say(field, other.detail ?? words.retrying, "trouble");
      return "done";
    }
    ask(name, field, other);
    return "done";
  }
  if (answer.status === 422) {
    const { problem } = await answer.json();
    field.refused = value;
    if (queue.get(name)?.answer === value) queue.delete(name);
    mark(name, true);
    say(field, problem, "trouble");
    return "done";
  }
  if (!answer.ok) return "retry";
  const { seq } = await answer.json();
  settle(name, field, value, seq);
  shared?.postMessage({ name, value, seq });
  return "done";
}

function settle(name, field, value, seq) {
  field.kept = value;
  field.refused = null;
  field.waiting = null;
  field.base.value = String(seq);
  mark(name, false);
  const next = queue.get(name);
  if (next) next.again = false;
  if (next?.answer === value) {
    queue.delete(name);
    say(field, words.saved.replace("%x", clock()), "");
  }
}

function mark(name, wrong) {
  const control = form.elements[name];
  const list = control instanceof RadioNodeList ? [...control] : [control];
  for (const one of list) {
    if (!one) continue;
    if (wrong) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
  if (!wrong) {
    fields.get(name).box.classList.remove("wrong");
    document.getElementById(`${name}-error`)?.remove();
  }
}

function later(field) {
  if (field) say(field, words.retrying, "trouble");
  summary();
  const wait = waits[Math.min(failures, waits.length - 1)];
  failures += 1;
  clearTimeout(wake);
  wake = setTimeout(send, wait);
}

/** After a sign-in in another window the page's token is stale: takes the new one. */
async function refreshToken() {
  try {
    const page = await fetch(location.pathname, { redirect: "manual", headers: { accept: "text/html" } });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#report input[name=csrf]");
    if (!fresh) return false;
    form.elements.csrf.value = fresh.value;
    return true;
  } catch {
    return false;
  }
}

/** Somebody else answered: shows both and waits for a choice; nothing is overwritten meanwhile. */
function ask(name, field, other) {
  const asked = queue.get(name);
  queue.delete(name);
  const mine = read(name);
  if (other.mark) other.value += between + other.mark;
  if (other.value === mine) {
    settle(name, field, mine, other.seq);
    say(field, words.saved.replace("%x", clock(other.at)), "");
    return;
  }
  field.box.querySelector(".conflict")?.remove();
  const box = document.createElement("fieldset");
  box.className = "conflict note warn";
  const legend = document.createElement("legend");
  legend.textContent = words.conflict.replace("%x", other.by).replace("%y", clock(other.at));
  box.append(legend, choice(words.theirs, other.shown ?? other.value, () => close(other.value)), choice(words.yours, mine.split(between).join(" "), () => close(null)));
  field.open = box;
  const mineAs = parts(name, field, mine);
  field.waiting = { ...mineAs, mark: mineAs.mark ?? "", tier: form.elements.tier.value, at: asked?.at ?? Date.now(), said: asked?.said ?? "", again: false };
  field.base.value = String(other.seq);
  field.kept = other.value;
  field.box.append(box);
  say(field, "", "");
  const close = (value) => {
    field.open = null;
    field.waiting = null;
    box.remove();
    if (value === null) return note(name);
    write(name, value);
    settle(name, field, value, other.seq);
    persist();
    summary();
  };
}

function choice(label, value, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain small";
  const quote = document.createElement("q");
  quote.dir = "auto";
  quote.textContent = value === "" ? words.empty : value;
  button.append(`${label} `, quote);
  button.addEventListener("click", act);
  return button;
}

function soon(name) {
  const field = fields.get(name);
  clearTimeout(field.timer);
  field.timer = setTimeout(() => note(name), 400);
}

form.addEventListener("input", (event) => {
  if (fields.has(question(event.target))) soon(question(event.target));
});
form.addEventListener("change", (event) => {
  if (fields.has(question(event.target))) note(question(event.target));
});
form.addEventListener("focusout", (event) => {
  const name = question(event.target);
  if (fields.has(name) && differs(name, fields.get(name))) note(name);
});
form.addEventListener("submit", () => {
  leaving = true;
});
shared?.addEventListener("message", ({ data: { name, value, seq } }) => {
  const field = fields.get(name);
  if (!field || field.open || queue.has(name) || read(name) !== field.kept) return;
  write(name, value);
  field.kept = value;
  field.base.value = String(seq);
  say(field, words.saved.replace("%x", clock()), "");
});
window.addEventListener("online", () => {
  failures = 0;
  send();
  keeper?.adopt(takeUp).catch(() => {});
});
window.addEventListener("offline", () => {
  offline = true;
  summary();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const [name, field] of fields) if (differs(name, field)) note(name);
});
window.addEventListener("beforeunload", (event) => {
  for (const [name, field] of fields) if (differs(name, field)) note(name);
  const kept = keeper?.alive && uploads.size === 0;
  if (!leaving && !kept && unsaved() > 0) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  leaving = false;
});

// What pages of this case left behind: shown in its question if that is on this page, otherwise sent from here.
async function takeUp(left) {
  let count = 0;
  for (const entry of left) {
    if (!restored(entry)) elsewhere.push({ ...entry, stuck: false });
    count += 1;
  }
  const safe = await persist();
  if (count) {
    summary();
    send();
  }
  return safe || count === 0;
}

/** Whether an answer that was left is on this page: in its question, as it was typed, over what its writer had seen. */
function restored({ field: name, value, mark, base, source, at, said, again, first }) {
  const field = fields.get(name);
  if (!field || source !== Number(words.source)) return false;
  const answer = mark ? value + between + mark : value;
  const now = read(name);
  if (now !== field.kept && now !== answer) return true;
  if (answer === field.kept) return true;
  write(name, answer);
  if (read(name) !== answer) {
    write(name, field.kept);
    return false;
  }
  field.base.value = String(base);
  queue.set(name, { answer, at, said, again, first: first ?? null });
  say(field, words.restored.replace("%x", clock(at)), "busy");
  return true;
}

// A page that is just being closed still holds its lock for a moment.
const lookAgain = [2000, 8000];

async function start() {
  keeper = await open({ name: words.case, holder: words.holder, left: Number(words.left) });
  if (!keeper) return summary();
  if (unsaved()) persist();
  await keeper.adopt(takeUp).catch(() => {});
  summary();
  for (const wait of lookAgain) setTimeout(() => keeper.adopt(takeUp).catch(() => {}), wait);
}

// Places: the list follows what is typed; the button beside it does the same without a script.
const query = form.elements.place_q;
if (query) {
  let timer = 0;
  let asking = new AbortController();
  const hits = document.getElementById("place-hits");
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asking.abort();
      asking = new AbortController();
      try {
        const body = new URLSearchParams({ place_q: query.value, csrf: form.elements.csrf.value });
        const answer = await fetch(words.places, { method: "POST", body, signal: asking.signal, redirect: "manual" });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        hits.replaceChildren(...page.body.childNodes);
      } catch {
        // The next keystroke or the button asks again.
      }
    }, 250);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  hits.addEventListener("change", (event) => {
    const { lat, lon } = event.target.dataset;
    if (lat) document.dispatchEvent(new CustomEvent("tifli:look", { detail: { lat: Number(lat), lon: Number(lon) } }));
  });
}

// Photos: shown at once, sent at once, one after the other.
const picker = form.elements.photo;
const progress = document.getElementById("photo-progress");
let chain = Promise.resolve();

picker?.addEventListener("change", () => {
  for (const file of picker.files) {
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    const caption = document.createElement("figcaption");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    caption.textContent = words.photoSending;
    figure.append(image, caption);
    progress.append(figure);
    uploads.add(file);
    chain = chain.then(() => upload(file, figure, caption));
  }
  picker.value = "";
  summary();
});

async function upload(file, figure, caption) {
  for (let attempt = 0; uploads.has(file); attempt += 1) {
    const body = new FormData();
    body.append("csrf", form.elements.csrf.value);
    body.append("photo", file);
    try {
      const answer = await fetch(words.photos, { method: "POST", body, redirect: "manual", headers: { "x-csrf-token": form.elements.csrf.value } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.getElementById("photo-list").replaceChildren(...page.body.childNodes);
        uploads.delete(file);
        URL.revokeObjectURL(figure.querySelector("img").src);
        figure.remove();
      } else if (answer.status === 422 || answer.status === 413) {
        const { problem } = await answer.json().catch(() => ({ problem: words.photoFailed }));
        caption.textContent = problem;
        caption.className = "error";
        uploads.delete(file);
      } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        if (!(await refreshToken())) caption.textContent = words.signedOut;
      } else {
        caption.textContent = words.retrying;
      }
    } catch {
      caption.textContent = words.offline;
    }
    summary();
    if (uploads.has(file)) await new Promise((done) => setTimeout(done, waits[Math.min(attempt, waits.length - 1)]));
  }
}

start();
