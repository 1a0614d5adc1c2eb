// Unpacks the Chromium of the package beside this file.
//
//   node e2e/chromium109/unpack.mjs PROGRAM     where it is to be; nothing is done when it is there already

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

const program = process.argv[2];
const packed = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules/@sparticuz/chromium/bin/chromium.br");
if (!program) throw new Error("say where the program is to be");
if (!existsSync(program)) await writeFile(program, brotliDecompressSync(await readFile(packed)), { mode: 0o755 });
