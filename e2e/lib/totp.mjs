// Time-based one-time codes (RFC 6238: SHA-1, six digits, thirty seconds) from a secret in base32.

import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;

/** The step of a moment in milliseconds. */
export const stepOf = (ms) => Math.floor(ms / 1000 / STEP_SECONDS);

/** The code of a step. */
export function code(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const at = mac[mac.length - 1] & 15;
  const number = mac.readUInt32BE(at) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * The first step later than `last` that the house takes now: it allows one step to either side and none twice.
 * Waits when that step has not come near enough.
 */
export async function freshStep(last = 0) {
  const wanted = Math.max(stepOf(Date.now()), last + 1);
  const from = (wanted - 1) * STEP_SECONDS * 1000;
  const wait = from - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait + 250));
  return wanted;
}

function fromBase32(text) {
  const letters = text.toUpperCase().replace(/[\s=-]/g, "");
  let bits = "";
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Error("a secret in base32 has no such letter");
    bits += value.toString(2).padStart(5, "0");
  }
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}
