// Starts the built server on a free port of this machine, with a database of its own, and stops it again.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The password of the demonstration accounts in tests. */
export const PASSWORD = process.env.COLLOQUY_DEMO_PASSWORD ?? "a lantern over quiet water";

/** The program under test. */
export const BINARY = process.env.COLLOQUY_BINARY ?? join(ROOT, "target", "debug", "colloquy");

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server and waits until it answers.
 * Options: `demo` (default true), `args` (more of `colloquy serve`), `env`, `binary`, `databaseUrl`, `data` (a folder to
 * keep; without it a fresh one that `stop` removes).
 */
export async function startServer(options = {}) {
  const { demo = true, args = [], env = {}, binary = BINARY, databaseUrl } = options;
  const port = await freePort();
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "colloquy-data-")));
  const url = `http://127.0.0.1:${port}`;
  const words = ["serve", "--listen", `127.0.0.1:${port}`, "--data", data, ...(demo ? ["--demo"] : []), ...args];
  if (databaseUrl) words.push("--database-url", databaseUrl);
  const begun = process.hrtime.bigint();
  const child = spawn(binary, words, {
    cwd: ROOT,
    env: { ...process.env, COLLOQUY_DEMO_PASSWORD: PASSWORD, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let ended = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      said = (said + text).slice(-200_000);
    });
  }
  child.on("error", (error) => {
    ended = `did not start: ${error.message}`;
  });
  child.on("exit", (code, signal) => {
    ended ??= `ended with ${signal ?? code}`;
  });

  const server = {
    url,
    port,
    data,
    pid: child.pid,
    /** Milliseconds from starting the process to its first answer that it is ready. */
    startedIn: 0,
    /** What the server printed so far. */
    said: () => said,
    /** Ends it at once, as a power cut would; the data stays. */
    kill() {
      return new Promise((resolve) => {
        if (ended) return resolve();
        child.once("exit", resolve);
        child.kill("SIGKILL");
      });
    },
    /** Ends it properly and removes its data, unless the folder was given. */
    async stop() {
      if (!ended) {
        const over = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        const timer = setTimeout(() => child.kill("SIGKILL"), 12_000);
        await over;
        clearTimeout(timer);
      }
      if (!options.data) await rm(data, { recursive: true, force: true });
    },
  };

  const patience = Date.now() + 90_000;
  for (;;) {
    if (ended) throw new Error(`the server ${ended}:\n${said}`);
    try {
      const answer = await fetch(`${url}/readyz`);
      await answer.arrayBuffer();
      if (answer.ok) break;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > patience) {
      await server.stop();
      throw new Error(`the server was not ready after 90 s:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  server.startedIn = Number(process.hrtime.bigint() - begun) / 1e6;
  return server;
}

/** Runs another command of the program; what it printed and its exit code. */
export function colloquy(args, { binary = BINARY, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: ROOT, env: { ...process.env, ...env } });
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
