// What the demonstration says about itself when it can be used. `tifli demo --ready-file FILE` writes, as JSON:
//
//   base_url    where its pages are, "http://127.0.0.1:PORT"
//   push_url    the sandbox push service, same form (needed by journeys that subscribe)
//   people      [{role, name, login, password, totp_secret}], the secret in base32
//   alerts      [code, …] of alerts that are live from the start (may be empty)

import { readFile } from "node:fs/promises";

export async function readReady(env) {
  const said = env.READY_FILE ? JSON.parse(await readFile(env.READY_FILE, "utf8")) : {};
  const base = env.BASE_URL ?? said.base_url;
  if (!base) throw new Error("neither READY_FILE nor BASE_URL says where the demonstration is");
  return {
    base: new URL(base).origin,
    push: said.push_url ? new URL(said.push_url).origin : null,
    people: said.people ?? [],
    alerts: said.alerts ?? [],
  };
}
