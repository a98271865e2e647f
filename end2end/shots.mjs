// Screenshots of every page of pages.mjs, at both widths and in both themes, into target/shots.
// node shots.mjs [PART OF A NAME]...   COLLOQUY_URL names a running server with demonstration data; else one is started.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { islandsReady, openPage, overflow, signIn, startBrowser, THEMES, WIDTHS } from "./lib/browser.mjs";
import { ROOT, startServer } from "./lib/server.mjs";
import { address, PAGES } from "./pages.mjs";

const wanted = process.argv.slice(2);
const rows = PAGES.filter((row) => wanted.length === 0 || wanted.some((part) => row.name.includes(part)));
const folder = join(ROOT, "target", "shots");
await mkdir(folder, { recursive: true });

const server = process.env.COLLOQUY_URL ? { url: process.env.COLLOQUY_URL, stop() {} } : await startServer();
const browser = await startBrowser();
const states = new Map();
let trouble = 0;

async function stateOf(role) {
  if (!role) return undefined;
  if (!states.has(role)) {
    const page = await openPage(browser, { url: server.url });
    states.set(role, await signIn(page, role));
    await page.context().close();
  }
  return states.get(role);
}

try {
  for (const row of rows) {
    const state = await stateOf(row.role);
    const cookie = state?.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const path = await address(row, server.url, cookie);
    if (!path) {
      console.log(`${row.name}: nothing of the kind in the demonstration`);
      trouble += 1;
      continue;
    }
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        const page = await openPage(browser, { url: server.url, state, width, theme });
        const answer = await page.goto(path);
        await islandsReady(page).catch(() => page.problems.push("islands did not start"));
        const file = `${row.name}-${width}-${theme}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
        const sideways = await overflow(page);
        const notes = [
          answer.status() === (row.status ?? 200) ? "" : `status ${answer.status()}`,
          sideways > 0 ? `scrolls ${sideways} px sideways` : "",
          // The console repeats a status that is meant.
          ...page.problems.filter((problem) => !(row.status && problem.includes(`status of ${row.status}`))),
        ].filter(Boolean);
        trouble += notes.length;
        console.log([file, ...notes].join("  !  "));
        await page.context().close();
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
console.log(`${rows.length} pages in ${folder}; ${trouble} things to look at`);
