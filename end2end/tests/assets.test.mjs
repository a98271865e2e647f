// The files browsers fetch: names with hashes, kept for ever, compressed, and light.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { request } from "node:http";
import { ROOT, startServer } from "../lib/server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

/** Fetches without decompressing. */
function raw(path, encoding) {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, server.url), { headers: { "accept-encoding": encoding } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, status: answer.statusCode, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function stylePath() {
  const { body } = await raw("/sign-in", "identity");
  return /href="(\/assets\/main\.[0-9a-f]{16}\.css)"/.exec(body.toString())?.[1];
}

test("the style sheet is the same in every encoding and kept for ever", async () => {
  const path = await stylePath();
  assert.ok(path, "the page links it by its hash");
  const [plain, gzip, brotli] = await Promise.all(["identity", "gzip", "br"].map((encoding) => raw(path, encoding)));
  assert.equal(plain.headers["content-encoding"], undefined);
  assert.equal(gzip.headers["content-encoding"], "gzip");
  assert.equal(brotli.headers["content-encoding"], "br");
  assert.deepEqual(gunzipSync(gzip.body), plain.body);
  assert.deepEqual(brotliDecompressSync(brotli.body), plain.body);
  for (const answer of [plain, gzip, brotli]) {
    assert.match(answer.headers["cache-control"], /immutable/);
    assert.match(answer.headers["content-type"], /^text\/css/);
  }
});

test("an unknown asset is not found", async () => {
  assert.equal((await raw("/assets/main.0000000000000000.css", "identity")).status, 404);
});

test("a page without islands asks for no script", async () => {
  const { body } = await raw("/forgotten", "identity");
  assert.doesNotMatch(body.toString(), /<script[^>]* src=|\.wasm|modulepreload/);
});

test("a page with a password asks for the little script that shows it, and no more", async () => {
  const { body } = await raw("/sign-in", "identity");
  const scripts = [...body.toString().matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, src]) => src);
  assert.equal(scripts.length, 1);
  assert.doesNotMatch(body.toString(), /\.wasm|modulepreload/);
  const script = await raw(scripts[0], "br");
  assert.ok(script.body.length < 600, `${script.body.length} bytes`);
});

test("the islands' code is within 150 KB, compressed", { skip: !existsSync(join(ROOT, "target/front/pkg/colloquy_bg.wasm")) }, async () => {
  // Compressed here as the release build does it: the build under test may compress less.
  const { readFileSync } = await import("node:fs");
  const { brotliCompressSync } = await import("node:zlib");
  const size = ["colloquy.js", "colloquy_bg.wasm"]
    .map((name) => brotliCompressSync(readFileSync(join(ROOT, "target/front/pkg", name))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  assert.ok(size <= 150_000, `${size} bytes`);
});
