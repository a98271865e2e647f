// Measures the released server under load and prints a table. Called by ../bench, which builds and brings PostgreSQL.
//
// 16 connections of wrk, each learner's session in turn; a static file in the same run is the yardstick. Processor time
// comes from /proc, so this is for Linux. It prints; it never judges.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { lists } from "./lists.mjs";
import { formOn, post, signInByForm } from "./lib/http.mjs";
import { ROOT, startServer } from "./lib/server.mjs";

// ── What is measured ────────────────────────────────────────────────────────────────────────────────────────────────

const COURSE = process.env.BENCH_COURSE ?? "/courses/working-with-people-outside";
/** Activities, as addresses below the course. Without them the first of each kind on the course page is taken. */
const LESSON = process.env.BENCH_LESSON;
const QUIZ = process.env.BENCH_QUIZ;
/** The forms that begin an attempt and save one answer. */
const START = /^\/do\/start-quiz/;
const ANSWER = /^\/do\/answer/;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const LEARNERS = 16;

const BINARY = process.env.COLLOQUY_BINARY ?? join(ROOT, "target", "release", "colloquy");
const AIMS = { page: 0.3, answer: 0.45, memory: 60, start: 250 };

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const read = async (url, path, cookie) => {
  const answer = await fetch(new URL(path, url), { headers: { cookie } });
  return { status: answer.status, html: await answer.text() };
};

/** Cookies of as many different learners as the demonstration has, up to 16; then further sessions of the first. */
async function learners(url) {
  const cookies = [await signInByForm(url, "learner")];
  const hr = await signInByForm(url, "hr");
  const { html } = await read(url, "/people", hr);
  const special = /^(learner|trainer|manager|hr|admin)@/;
  const found = new Set([...html.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g)].map(([address]) => address).filter((address) => !special.test(address)));
  for (const address of found) {
    if (cookies.length === LEARNERS) break;
    // Some have left, or have not answered their invitation yet.
    await signInByForm(url, address).then((cookie) => cookies.push(cookie), () => {});
  }
  const people = cookies.length;
  while (cookies.length < LEARNERS) cookies.push(await signInByForm(url, "learner"));
  return { cookies, people };
}

/** Addresses of the activities on the course page. */
async function activities(url, cookie) {
  const { html } = await read(url, COURSE, cookie);
  return [...new Set([...html.matchAll(/href="([^"#?]*)"/g)].map(([, href]) => href))].filter(
    (href) => href.startsWith(`${COURSE}/a/`),
  );
}

/** The first activity whose page matches. */
async function firstWhere(url, cookie, list, test) {
  for (const path of list) {
    const { status, html } = await read(url, path, cookie);
    if (status === 200 && test(html)) return path;
  }
  return null;
}

/** The fields of a form with an answer to every question on it: the first option, or 1. */
function answered(html) {
  const form = formOn(html, ANSWER);
  if (!form) return null;
  const body = html.slice(html.search(/action="\/do\/answer/));
  const fields = { ...form.hidden };
  for (const [tag] of body.slice(0, body.indexOf("</form>")).matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    const kind = /\btype="([^"]*)"/.exec(tag)?.[1];
    if (name && (kind === "radio" || kind === "checkbox") && !(name in fields)) {
      fields[name] = /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "on";
    }
  }
  return { path: form.action, body: new URLSearchParams(fields).toString() };
}

/** Begins an attempt (unless one is open) and gives the request that saves an answer of it. */
async function answerRequest(url, cookie, quiz) {
  let page = await read(url, quiz, cookie);
  let request = answered(page.html);
  const start = formOn(page.html, START);
  if (!request && start) {
    const begun = await post(url, start.action, start.hidden, cookie);
    page = await read(url, begun.headers.get("location") ?? quiz, cookie);
    request = answered(page.html);
  }
  return request && { ...request, cookie };
}

// ── Load ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const quoted = (text) => JSON.stringify(text).replaceAll("\\u", "\\\\u");

/** A script for wrk that sends the requests in turn and prints its numbers as JSON. */
function script(requests, url) {
  const rows = requests.map(({ path, cookie, body }) => {
    const headers = [`["Cookie"]=${quoted(cookie ?? "")}`, `["Accept-Encoding"]="br, gzip"`];
    if (body !== undefined) {
      headers.push(`["Content-Type"]="application/x-www-form-urlencoded"`, `["Sec-Fetch-Site"]="same-origin"`, `["Origin"]=${quoted(url)}`);
    }
    const method = body === undefined ? "GET" : "POST";
    return `  wrk.format(${quoted(method)}, ${quoted(path)}, {${headers.join(", ")}}, ${body === undefined ? "nil" : quoted(body)}),`;
  });
  return `
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
local requests, at
function init(args)
  requests = {
${rows.join("\n")}
  }
  at = number * 8
end
function request() at = at + 1; return requests[at % #requests + 1] end
function done(summary, latency, _)
  local bad = summary.errors
  io.write(string.format('JSON{"requests":%d,"us":%d,"p50":%.0f,"p99":%.0f,"bad":%d}\\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), bad.connect + bad.read + bad.write + bad.status + bad.timeout))
end
`;
}

async function wrk(url, requests, seconds) {
  const folder = await mkdtemp(join(tmpdir(), "colloquy-wrk-"));
  const file = join(folder, "requests.lua");
  await writeFile(file, script(requests, url));
  const child = spawn("wrk", ["-t2", "-c16", `-d${seconds}s`, "--latency", "-s", file, url]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  await new Promise((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  });
  await rm(folder, { recursive: true });
  const numbers = /JSON(\{.*\})/.exec(said)?.[1];
  if (!numbers) throw new Error(`wrk: ${said}`);
  return JSON.parse(numbers);
}

// ── Processes ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The fields of /proc/PID/stat after the name; [1] is the parent, [11] and [12] own time, [13] and [14] of ended children. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** Processor milliseconds of a process, in the kernel's steps of 10. */
const ownTime = (pid) => {
  const fields = stat(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : 0;
};

/** Processor milliseconds of PostgreSQL: the first process, its children, and those that have ended. */
function familyTime(pid) {
  const first = stat(pid);
  if (!first) return 0;
  let sum = ownTime(pid) + (Number(first[13]) + Number(first[14])) * 10;
  for (const entry of readdirSync("/proc")) {
    if (/^\d+$/.test(entry) && stat(entry)?.[1] === String(pid)) sum += ownTime(entry);
  }
  return sum;
}

/** Resident memory now, and at its highest, in MiB. */
function memory(pid) {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}

// ── The table ───────────────────────────────────────────────────────────────────────────────────────────────────────

const number = (value, digits) => value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, " ");
const row = (cells) => console.log(`| ${cells.join(" | ")} |`);

async function measure(engine, databaseUrl, postgres) {
  const data = await mkdtemp(join(tmpdir(), "colloquy-bench-"));
  const options = { binary: BINARY, data, databaseUrl, env: { COLLOQUY_LOG: "warn" } };
  const first = await startServer(options);
  const filled = first.startedIn;
  await first.stop();
  const starts = [];
  for (let run = 0; run < 5; run += 1) {
    const server = await startServer(options);
    starts.push(server.startedIn);
    await server.stop();
  }
  starts.sort((a, b) => a - b);

  const server = await startServer(options);
  try {
    const { url, pid } = server;
    const idle = memory(pid);
    const { cookies, people } = await learners(url);
    const list = await activities(url, cookies[0]);
    const quiz = QUIZ ? `${COURSE}/${QUIZ}` : await firstWhere(url, cookies[0], list, (html) => formOn(html, START) || formOn(html, ANSWER));
    const lesson = LESSON ? `${COURSE}/${LESSON}` : await firstWhere(url, cookies[0], list, (html) => /\/do\/finish-lesson|class="prose/.test(html));
    const style = /href="(\/assets\/main\.[^"]*\.css)"/.exec((await read(url, "/sign-in", "")).html)?.[1];

    const everyone = (path) => path && cookies.map((cookie) => ({ path, cookie }));
    const answers = quiz ? (await Promise.all(cookies.map((cookie) => answerRequest(url, cookie, quiz)))).filter(Boolean) : [];
    const loads = [
      ["static file", "file", style && [{ path: style }]],
      ["home", "page", everyone("/")],
      ["course", "page", everyone(COURSE)],
      ["lesson", "page", everyone(lesson)],
      ["saved answer (POST)", "answer", answers.length > 0 ? answers : null],
    ];

    console.log(`\n### ${engine}\n`);
    row(["what", "requests/s", "p50 ms", "p99 ms", "CPU ms, server", ...(postgres ? ["CPU ms, PostgreSQL", "CPU ms, both"] : []), "aim", "failed"]);
    row(["---", ...Array(postgres ? 8 : 6).fill("--:")]);
    const sizes = [];
    for (const [name, kind, requests] of loads) {
      if (!requests) {
        row([name, "not found on this site", ...Array(postgres ? 7 : 5).fill("")]);
        continue;
      }
      await wrk(url, requests, 1);
      const before = [ownTime(pid), postgres ? familyTime(postgres) : 0];
      const result = await wrk(url, requests, SECONDS);
      const used = [ownTime(pid) - before[0], (postgres ? familyTime(postgres) : 0) - before[1]].map((time) => time / result.requests);
      row([
        name,
        number(result.requests / (result.us / 1e6), 0),
        number(result.p50 / 1000, 2),
        number(result.p99 / 1000, 2),
        number(used[0], 3),
        ...(postgres ? [number(used[1], 3), number(used[0] + used[1], 3)] : []),
        AIMS[kind] ? `≤ ${AIMS[kind]}` : "yardstick",
        result.bad,
      ]);
      if (kind === "page") sizes.push([name, requests[0]]);
    }

    const busy = memory(pid);
    console.log(`\n${people} different learners in ${cookies.length} sessions.`);
    console.log(`Memory: ${number(idle.now, 1)} MiB after starting, ${number(busy.now, 1)} MiB after the load, ${number(busy.most, 1)} MiB at most (aim ≤ ${AIMS.memory}).`);
    console.log(`Start to ready: ${number(starts[2], 0)} ms, median of 5 (aim ≤ ${AIMS.start}); ${number(filled, 0)} ms with filling the demonstration.`);
    return { weigh: await weigh(url, sizes, style) };
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** Bytes of pages and of what comes with each, raw and compressed. */
async function weigh(url, pages, style) {
  const rows = [];
  for (const [name, { path, cookie }] of [...pages, ["style sheet", { path: style, cookie: "" }]]) {
    const { html } = await read(url, path, cookie);
    rows.push([name, Buffer.byteLength(html), brotliCompressSync(Buffer.from(html)).length]);
  }
  return rows;
}

const processor = cpus();
console.log(`# Bench, ${new Date().toISOString().slice(0, 10)}\n`);
console.log(
  `${processor.length} × ${processor[0]?.model.trim()}, ${number(totalmem() / 2 ** 30, 0)} GiB; wrk on the same machine, ` +
    `16 connections, ${SECONDS} s each after 1 s of warming up.`,
);
const { weigh: weights } = await measure("SQLite", undefined, null);
if (process.env.BENCH_POSTGRES_URL) {
  await measure("PostgreSQL", process.env.BENCH_POSTGRES_URL, Number(process.env.BENCH_POSTGRES_PID));
}
console.log("\n### Bytes\n");
row(["what", "raw", "brotli"]);
row(["---", "--:", "--:"]);
for (const [name, raw, small] of weights) row([name, number(raw, 0), number(small, 0)]);

// Last, since it fills the databases: nothing above is to be measured in a large one.
await lists("SQLite", undefined);
if (process.env.BENCH_POSTGRES_URL) await lists("PostgreSQL", process.env.BENCH_POSTGRES_URL);
