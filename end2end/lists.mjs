// Times every list and page of HR and of a manager in a large organisation, and prints a table. Called by bench.mjs, or
// alone: `node end2end/lists.mjs [DATABASE-URL]`; PEOPLE, COURSES and GROUPS say how large (100000, 20, 2000). It prints; it
// never judges.

import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signInByForm } from "./lib/http.mjs";
import { ROOT, startServer } from "./lib/server.mjs";

const FILL = process.env.COLLOQUY_FILL ?? join(ROOT, "target", "release", "examples", "fill");
const BINARY = process.env.COLLOQUY_BINARY ?? join(ROOT, "target", "release", "colloquy");
const SIZE = [process.env.PEOPLE ?? "100000", process.env.COURSES ?? "20", process.env.GROUPS ?? "2000"];
const TIMES = 7;
const AIM = 100;

/** The identifiers that the filling makes, as addresses have them. */
const id = (kind, a, b) => {
  const hex = kind + a.toString(16).padStart(12, "0") + b.toString(16).padStart(16, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};
const [PERSON, GROUP, COURSE] = [id("018f", 77, 1), id("018e", 5, 1), id("018d", 7, 1)];

/** What HR and admins see. */
const OFFICE = [
  "/",
  "/tracking",
  "/tracking?sort=name&order=descending",
  "/tracking?sort=course",
  "/tracking?sort=due",
  "/tracking?sort=due&order=descending",
  "/tracking?sort=status",
  "/tracking?sort=completed&order=descending",
  "/tracking?status=overdue",
  "/tracking?status=done&sort=completed",
  `/tracking?course=${COURSE}`,
  `/tracking?course=${COURSE}&status=overdue&sort=due`,
  `/tracking?group=${GROUP}`,
  `/tracking?group=${GROUP}&sort=due`,
  "/tracking?q=surname12",
  "/tracking?q=nobody-at-all",
  "/tracking?page=100",
  `/tracking/people/${PERSON}`,
  "/tracking/assign",
  `/tracking/assign?course=${COURSE}`,
  `/tracking/assign?group=${GROUP}`,
  "/tracking/assign?to=person&q=surname12",
  "/people",
  "/people?search=surname12",
  "/people?search=p777@large",
  "/people?search=nobody-at-all",
  "/people?page=100",
  "/people?role=manager",
  "/people?state=invited",
  "/people?state=active",
  `/people?group=${GROUP}`,
  "/people/new",
  "/people/new?many=1",
  `/people/${PERSON}/edit`,
  "/groups",
  "/groups?search=branch%2077",
  "/groups?page=40",
  `/groups/${GROUP}`,
  `/groups/${GROUP}?find=surname12`,
  "/site/audit",
  "/site/audit?action=person.create",
  "/site/audit?action=all.people",
  "/site/audit?who=p77@large",
  "/site/audit?from=2026-05-01&to=2026-05-02",
  "/courses",
  "/gap",
];

/** What a manager of ten groups sees. */
const MANAGER = [
  "/",
  "/tracking",
  "/tracking?sort=course",
  "/tracking?sort=due",
  "/tracking?sort=status",
  "/tracking?sort=completed&order=descending",
  "/tracking?status=overdue",
  `/tracking?course=${COURSE}`,
  `/tracking?group=${GROUP}`,
  "/tracking?q=surname12",
  "/tracking/assign",
  "/tracking/assign?to=person&q=surname1",
  "/courses",
];

/** What an admin sees besides. */
const ADMIN = ["/site", "/site/audit", "/site/audit?action=all.security", "/authoring"];

async function time(url, path, cookie) {
  const taken = [];
  let bytes = 0;
  let status = 0;
  for (let run = 0; run <= TIMES; run += 1) {
    const begun = performance.now();
    const answer = await fetch(new URL(path, url), { headers: { cookie }, redirect: "manual" });
    bytes = (await answer.arrayBuffer()).byteLength;
    status = answer.status;
    if (run > 0) taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  return { median: taken[Math.floor(TIMES / 2)], most: taken[TIMES - 1], bytes, status };
}

/** Fills a demonstration up and prints the table. */
export async function lists(engine, databaseUrl) {
  const data = await mkdtemp(join(tmpdir(), "colloquy-lists-"));
  const options = { binary: BINARY, data, databaseUrl, env: { COLLOQUY_LOG: "warn" } };
  try {
    // Makes the demonstration, where there is none yet.
    await (await startServer(options)).stop();
    const [people, courses, groups] = SIZE;
    console.log(`\n### Lists at ${people} people × ${courses} courses in ${groups} groups, ${engine}\n`);
    execFileSync(FILL, [databaseUrl ?? `sqlite:${join(data, "colloquy.sqlite")}`, ...SIZE], { stdio: ["ignore", "ignore", "inherit"] });
    const server = await startServer(options);
    try {
      console.log("| page | seen by | median ms | most ms | KB | |");
      console.log("| --- | --- | --: | --: | --: | --- |");
      for (const [who, paths] of [["hr", OFFICE], ["manager", MANAGER], ["admin", ADMIN]]) {
        const cookie = await signInByForm(server.url, who);
        for (const path of paths) {
          const { median, most, bytes, status } = await time(server.url, path, cookie);
          const note = status !== 200 ? `status ${status}` : median > AIM ? `over ${AIM}` : "";
          console.log(`| ${path} | ${who} | ${median.toFixed(1)} | ${most.toFixed(1)} | ${(bytes / 1024).toFixed(0)} | ${note} |`);
        }
      }
    } finally {
      await server.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.argv[2];
  await lists(url ? "PostgreSQL" : "SQLite", url);
}
