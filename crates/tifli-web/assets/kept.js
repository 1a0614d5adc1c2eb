// What was typed and is not with the server yet, kept on this computer so that it outlives a closed tab: only as ciphertext
// (AES-GCM), under a key that no script can read out (not extractable, held by the browser in IndexedDB). One key for each
// case; it belongs to one person and ends with their session or when they sign out. Then what is left opens for nobody.
//
// Each page keeps one record of its own and holds a lock on it while it lives. A record whose lock is free was left by a
// page that is gone: the next page of the same case takes it over, so that no two pages send the same answers.
// It needs a secure context (https, or this computer itself); without one, or in a browser that refuses, `open` gives null.

const NAME = "tifli-kept";
const BLOCK = 2048;
const text = new TextEncoder();

const done = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

const settled = (work) =>
  new Promise((resolve, reject) => {
    work.addEventListener("complete", () => resolve());
    work.addEventListener("abort", () => reject(work.error ?? new Error("aborted")));
  });

async function database() {
  const asked = indexedDB.open(NAME, 1);
  asked.addEventListener("upgradeneeded", () => {
    asked.result.createObjectStore("keys", { keyPath: "case" });
    asked.result.createObjectStore("writes", { keyPath: "id" });
  });
  return done(asked);
}

/** Takes away keys and what they sealed: all of them, or those whose row fits. */
async function remove(db, fits) {
  const work = db.transaction(["keys", "writes"], "readwrite");
  const gone = new Set();
  for (const row of await done(work.objectStore("keys").getAll())) if (fits(row)) gone.add(row.case);
  for (const name of gone) work.objectStore("keys").delete(name);
  for (const row of await done(work.objectStore("writes").getAll())) if (gone.has(row.case)) work.objectStore("writes").delete(row.id);
  await settled(work);
}

/** At sign-out: the whole store goes, whoever it belongs to. Pages that are open keep nothing from then on. */
export async function forget() {
  if (!("indexedDB" in window)) return;
  await done(indexedDB.deleteDatabase(NAME)).catch(() => {});
}

/** Takes away what is over; a session that ended leaves nothing that opens. */
export async function sweep() {
  if (!("indexedDB" in window)) return;
  try {
    const db = await database();
    await remove(db, (row) => row.until <= Date.now());
    db.close();
  } catch {
    // A browser that keeps nothing has nothing to take away.
  }
}

/** The keeper of one page, or null where nothing can be kept safely. `left` is how long the session lasts, in seconds. */
export async function open({ name, holder, left }) {
  if (!window.isSecureContext || !crypto.subtle || !("indexedDB" in window) || !navigator.locks) return null;
  try {
    const db = await database();
    await remove(db, (row) => row.until <= Date.now() || row.holder !== holder);
    const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const until = Date.now() + left * 1000;
    const work = db.transaction("keys", "readwrite");
    const known = await done(work.objectStore("keys").get(name));
    const key = known?.key ?? fresh;
    work.objectStore("keys").put({ case: name, holder, until, key });
    await settled(work);
    return await Keeper.start(db, key, { name, left });
  } catch {
    return null;
  }
}

class Keeper {
  #db;
  #key;
  #name;
  #id = crypto.randomUUID();
  #over = false;
  #wanted = null;
  #busy = false;
  #idle = [];

  static async start(db, key, { name, left }) {
    const keeper = new Keeper();
    keeper.#db = db;
    keeper.#key = key;
    keeper.#name = name;
    const stop = () => {
      keeper.#over = true;
      keeper.#key = null;
      db.close();
    };
    // The store is being deleted: somebody signed out here.
    db.addEventListener("versionchange", stop);
    setTimeout(() => {
      if (keeper.#over) return;
      remove(db, (row) => row.case === name).then(stop, stop);
    }, Math.min(left * 1000, 2 ** 31 - 1));
    await new Promise((held) => {
      navigator.locks.request(lockOf(keeper.#id), () => {
        held();
        return new Promise(() => {});
      });
    });
    return keeper;
  }

  /** Whether it still keeps what is given to it. */
  get alive() {
    return !this.#over;
  }

  /** Keeps these entries in place of what it kept before; none takes the record away. Resolves when they are on disk. */
  keep(entries) {
    if (this.#over) return Promise.resolve(false);
    this.#wanted = structuredClone(entries);
    const kept = new Promise((resolve) => this.#idle.push(resolve));
    this.#work();
    return kept;
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    let good = true;
    while (this.#wanted && !this.#over) {
      const entries = this.#wanted;
      this.#wanted = null;
      try {
        await this.#put(entries);
      } catch {
        good = false;
      }
    }
    this.#busy = false;
    for (const resolve of this.#idle.splice(0)) resolve(good && !this.#over);
  }

  async #put(entries) {
    if (entries.length === 0) {
      const work = this.#db.transaction("writes", "readwrite");
      work.objectStore("writes").delete(this.#id);
      return settled(work);
    }
    // Padded, so that its length says little.
    const plain = JSON.stringify(entries);
    const padded = text.encode(plain);
    const whole = new Uint8Array(Math.ceil((padded.length + 1) / BLOCK) * BLOCK).fill(32);
    whole.set(padded);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = text.encode(`${this.#name}.${this.#id}`);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, this.#key, whole);
    const work = this.#db.transaction("writes", "readwrite");
    work.objectStore("writes").put({ id: this.#id, case: this.#name, at: Date.now(), iv, sealed });
    return settled(work);
  }

  /** What pages of this case left behind, the oldest first; `take` keeps it as one's own before the old record goes. */
  async adopt(take) {
    if (this.#over) return;
    const work = this.#db.transaction("writes", "readonly");
    const rows = await done(work.objectStore("writes").getAll());
    const others = rows.filter((row) => row.case === this.#name && row.id !== this.#id).sort((a, b) => a.at - b.at);
    for (const row of others) {
      await navigator.locks.request(lockOf(row.id), { ifAvailable: true }, (lock) => (lock ? this.#takeOver(row, take) : null));
    }
  }

  async #takeOver(row, take) {
    const still = await done(this.#db.transaction("writes", "readonly").objectStore("writes").get(row.id));
    if (!still) return;
    let entries = [];
    try {
      const additionalData = text.encode(`${this.#name}.${row.id}`);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: still.iv, additionalData }, this.#key, still.sealed);
      entries = JSON.parse(new TextDecoder().decode(plain));
    } catch {
      // Sealed under a key that is gone: it opens for nobody.
    }
    const safe = await take(entries);
    if (!safe) return;
    const work = this.#db.transaction("writes", "readwrite");
    work.objectStore("writes").delete(row.id);
    await settled(work);
  }
}

function lockOf(id) {
  return `tifli-kept.${id}`;
}
