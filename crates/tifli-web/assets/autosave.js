// Saves each answer of the report by itself and never loses one: unsaved answers wait in memory and are sent again, in
// order, until the server has them. Two people, or two windows, at one question are asked which answer to keep.
//
// POST {form.dataset.answers} {"field","value","base","mark","source","said_at"} with the header x-csrf-token:
//   200 {"seq"} kept · 409 {"seq","value","shown"?,"by","at"} somebody else answered · 422 {"problem"} not acceptable

const form = document.getElementById("report");
const words = form.dataset;
const fields = new Map();
const queue = new Map();
const uploads = new Set();
const waits = [1000, 2000, 5000, 10000, 30000];
const shared = "BroadcastChannel" in window ? new BroadcastChannel(`answers:${words.answers}:${words.source}`) : null;
let failures = 0;
let sending = false;
let wake = 0;
let leaving = false;

for (const box of form.querySelectorAll("[data-field]")) {
  const name = box.dataset.field;
  fields.set(name, {
    box,
    base: form.elements[`base.${name}`],
    note: document.getElementById(`${name}-saved`),
    kept: read(name),
    open: null,
    refused: null,
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
  return queue.size + open + uploads.size;
}

function summary(text) {
  const line = document.getElementById("save-state");
  const left = unsaved();
  line.textContent = text ?? (left ? words.pending.replace("%x", String(left).replace(/\d/g, (d) => words.digits[d])) : words.allSaved);
  line.className = `saved ${text ? "trouble" : left ? "busy" : ""}`;
}

/** Notes an answer as to be saved, unless it is what the server has. */
function note(name) {
  const field = fields.get(name);
  clearTimeout(field.timer);
  const value = read(name);
  if (field.open) return;
  if (value === field.kept && sending !== name) {
    queue.delete(name);
    if (field.refused !== null) settle(name, field, value, field.base.value);
    say(field, "", "");
    summary();
    return;
  }
  if (value === field.refused) return;
  field.refused = null;
  queue.delete(name);
  queue.set(name, value);
  say(field, words.saving, "busy");
  summary();
  send();
}

async function send() {
  if (sending || queue.size === 0) return;
  clearTimeout(wake);
  const [name, value] = queue.entries().next().value;
  sending = name;
  const field = fields.get(name);
  let result = "retry";
  try {
    const answer = await fetch(words.answers, {
      method: "POST",
      keepalive: true,
      redirect: "manual",
      headers: { "content-type": "application/json", accept: "application/json", "x-csrf-token": form.elements.csrf.value },
      body: JSON.stringify(body(name, field, value)),
    });
    result = await judge(answer, name, field, value);
  } catch {
    summary(words.offline);
  }
  sending = false;
  if (result === "retry") return later(field);
  failures = 0;
  summary();
  send();
}

function body(name, field, answer) {
  const [value, mark] = answer.split(between);
  const one = { field: name, value, base: Number(field.base.value) };
  if (mark) one.mark = mark;
  if (words.source && words.source !== "0") one.source = Number(words.source);
  const said = form.elements.said_at?.value;
  if (said) one.said_at = said;
  return one;
}

async function judge(answer, name, field, value) {
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    if (!(await refreshToken())) summary(words.signedOut);
    return "retry";
  }
  if (answer.status === 409) {
    ask(name, field, await answer.json());
    return "done";
  }
  if (answer.status === 422) {
    const { problem } = await answer.json();
    field.refused = value;
    if (queue.get(name) === value) queue.delete(name);
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
  field.base.value = String(seq);
  mark(name, false);
  if (queue.get(name) === value) {
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
  say(field, words.retrying, "trouble");
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
  field.base.value = String(other.seq);
  field.kept = other.value;
  field.box.append(box);
  say(field, "", "");
  const close = (value) => {
    field.open = null;
    box.remove();
    if (value === null) return note(name);
    write(name, value);
    settle(name, field, value, other.seq);
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
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const [name, field] of fields) if (differs(name, field)) note(name);
});
window.addEventListener("beforeunload", (event) => {
  for (const [name, field] of fields) if (differs(name, field)) note(name);
  if (!leaving && unsaved() > 0) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  leaving = false;
});

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

summary();
