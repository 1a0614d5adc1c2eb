// The examples of RFC 6238, appendix B (SHA-1), cut to six digits.

import assert from "node:assert/strict";
import { test } from "node:test";

import { code, stepOf } from "./totp.mjs";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("the examples of the standard come out", () => {
  const examples = { 59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130" };
  for (const [seconds, expected] of Object.entries(examples)) {
    assert.equal(code(SECRET, stepOf(Number(seconds) * 1000)), expected);
  }
});

test("a secret may be written in groups and in small letters", () => {
  assert.equal(code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", 1), code(SECRET, 1));
});
