// The live board and the queue of tips: parts that follow the house by server-sent events, keys that press the buttons
// of a row, a sound that a person turns on. Every page is complete without it. It keeps one thing in this browser:
// whether the keys are off.

const inside = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.body.childNodes];
};

/** Whether a person is writing or choosing inside a part: it is not replaced under their hands. */
const busy = (part) => {
  const active = document.activeElement;
  if (!active || !part.contains(active)) return false;
  return active.matches("textarea, select, input:not([type=hidden])");
};

/** Puts the focus back where it was after a part was replaced: on the same row, or on the one now in its place. */
function refocus(part, held) {
  if (!held) return;
  const rows = [...part.querySelectorAll("[data-tip]")];
  const row = rows.find((one) => one.id === held.id) ?? rows[Math.min(held.place, rows.length - 1)];
  row?.focus({ preventScroll: false });
}

const place = (part) => {
  const row = document.activeElement?.closest?.("[data-tip]");
  if (!row || !part.contains(row)) return null;
  return { id: row.id, place: [...part.querySelectorAll("[data-tip]")].indexOf(row) };
};

const listeners = [];

/** Follows the house. The browser comes back by itself with the last id it heard, and is told what it missed. */
function follow(box) {
  const state = box.querySelector("[data-live-state]");
  const wanted = new Set(box.dataset.on.split(" "));
  let timer = 0;
  let asking = false;
  let again = false;
  const say = (text, bad) => {
    state.textContent = text;
    state.classList.toggle("trouble", bad);
  };
  const part = () => document.getElementById(box.dataset.parts);
  const refresh = async (held) => {
    if (asking) {
      again = true;
      return;
    }
    if (busy(part())) {
      say(box.dataset.waitingWords, false);
      part().addEventListener("focusout", soon, { once: true });
      return;
    }
    asking = true;
    try {
      const answer = await fetch(box.dataset.rows, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const fresh = inside(await answer.text()).find((node) => node.id === box.dataset.parts);
      if (fresh && !busy(part())) {
        const open = [...part().querySelectorAll("[data-tip] details[open]")].map(
          (one) => `${one.closest("[data-tip]").id} ${one.className}`,
        );
        const where = held ?? place(part());
        const old = part();
        old.replaceWith(fresh);
        for (const one of fresh.querySelectorAll("[data-tip] details")) {
          if (open.includes(`${one.closest("[data-tip]").id} ${one.className}`)) one.open = true;
        }
        refocus(fresh, where);
        for (const listener of listeners) listener(old, fresh);
      }
      say(box.dataset.live, false);
    } catch {
      say(box.dataset.lost, true);
    }
    asking = false;
    if (again) {
      again = false;
      soon();
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 400);
  };
  const events = new EventSource(box.dataset.room);
  events.addEventListener("open", () => say(box.dataset.live, false));
  events.addEventListener("error", () => say(box.dataset.lost, true));
  events.addEventListener("changed", (event) => {
    if (wanted.has(event.data)) soon();
  });
  window.addEventListener("pagehide", () => events.close());
  return refresh;
}

const KEPT = "tifli-keys";
const off = () => {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
};
const keep = (word) => {
  try {
    localStorage.setItem(KEPT, word);
  } catch {
    // A browser that keeps nothing has its keys on again next time.
  }
};

/** The key of an act, also under an Arabic keyboard, where the same key has another letter. */
function pressed(event) {
  if (event.key === "?" || event.key === "؟") return "?";
  const ascii = event.key.length === 1 && event.key >= "a" && event.key <= "z";
  if (ascii) return event.key;
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code) ?? [];
  if (digit) return digit;
  return letter && event.key.length === 1 ? letter.toLowerCase() : event.key;
}

function triage(box, refresh) {
  const said = box.querySelector("[data-said]");
  const rows = () => [...box.querySelectorAll("[data-tip]")];
  const current = () => document.activeElement?.closest?.("[data-tip]");
  const go = (step) => {
    const all = rows();
    const at = all.indexOf(current());
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1);
    all[next]?.focus();
    all[next]?.scrollIntoView({ block: "nearest" });
  };
  let sending = Promise.resolve();
  const send = (form, button) => {
    const held = place(box);
    const body = new URLSearchParams(new FormData(form, button));
    const words = button?.textContent.trim() ?? "";
    sending = sending.then(async () => {
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = inside(await answer.text());
        const main = told.map((node) => node.querySelector?.("p.note[role=status]")).find(Boolean);
        const note = new URL(answer.url).searchParams.get("said");
        said.textContent = note && main ? main.textContent : box.dataset.done.replace("%x", words);
      } catch {
        said.textContent = box.dataset.failed;
      }
      said.classList.add("shown");
      await refresh(held);
    });
  };
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target.closest("[data-triage], [data-undo]");
      if (!form) return;
      event.preventDefault();
      event.stopPropagation();
      if (document.activeElement?.matches("textarea, select")) form.closest("[data-tip]")?.focus();
      send(form, event.submitter);
    },
    { capture: true },
  );
  const help = document.querySelector("[data-keys-help]");
  const toggle = document.querySelector("[data-keys-switch]");
  help.hidden = false;
  const show = () => {
    toggle.textContent = off() ? toggle.dataset.off : toggle.dataset.on;
  };
  toggle.addEventListener("click", () => {
    keep(off() ? "on" : "off");
    show();
  });
  show();
  const row = (key) => {
    const one = current() ?? rows()[0];
    if (!one) return;
    one.focus();
    if (key === "x" || key === "q") {
      one.querySelector("[data-more]").open = true;
      one.querySelector(key === "x" ? "[data-reason]" : "[data-question]")?.focus();
      return;
    }
    const target = one.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    if (target.matches("a")) target.click();
    else send(target.form, target);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target.closest?.("textarea, select, input:not([type=hidden])");
    if (event.key === "Escape" && writing) {
      writing.closest("[data-tip]")?.focus();
      return;
    }
    if (writing || off()) return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && !current()) return;
    const key = arrow ? "" : pressed(event);
    if (arrow || key === "j" || key === "k") go(arrow ?? (key === "j" ? 1 : -1));
    else if (key === "?") {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    } else if (key === "u") send(document.querySelector("[data-undo]"), document.querySelector("[data-undo] button"));
    else if (/^[a-z1-6]$/.test(key)) row(key);
    else return;
    event.preventDefault();
  });
}

/** Two short tones, made here: there is no file, and nothing sounds before somebody asked for it. */
function sound(button) {
  let context = null;
  const beep = (from, hertz) => {
    const tone = context.createOscillator();
    const loud = context.createGain();
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0.2, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
    tone.connect(loud).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  };
  const ring = () => {
    beep(context.currentTime, 880);
    beep(context.currentTime + 0.45, 660);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (context) {
      await context.close();
      context = null;
    } else {
      context = new AudioContext();
      ring();
    }
    button.setAttribute("aria-pressed", String(Boolean(context)));
    button.textContent = context ? button.dataset.on : button.dataset.off;
  });
  listeners.push((old, fresh) => {
    if (!context) return;
    const more = (name) => Number(fresh.dataset[name]) > Number(old.dataset[name]);
    if (more("urgent") || more("late")) ring();
  });
}

for (const button of document.querySelectorAll("[data-sound]")) sound(button);
for (const box of document.querySelectorAll("[data-room]")) {
  const refresh = follow(box);
  if (box.dataset.parts === "queue-rows") triage(box, refresh);
}
