// Screenshots of all five channels in the middle of a conversation and just after a reply, at both widths and in both themes,
// with and without scripts, into target/shots. node shots-talks.mjs [PART OF A NAME]...

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { islandsReady, openPage, overflow, startBrowser, THEMES, WIDTHS } from "./lib/browser.mjs";
import { newcomers } from "./lib/people.mjs";
import { ROOT, startServer } from "./lib/server.mjs";

const DOOR = "/courses/the-other-door/a";
const TALKS = [
  { name: "public", path: "/courses/working-with-people-outside/a/late-parcel-public" },
  { name: "messages", path: `${DOOR}/late-parcel-dm` },
  { name: "phone", path: `${DOOR}/partners-deadline-phone` },
  { name: "mail", path: `${DOOR}/partners-deadline-email` },
  { name: "board", path: `${DOOR}/partners-deadline-board` },
];
const TURNS = 2;

const wanted = process.argv.slice(2);
const folder = join(ROOT, "target", "shots");
await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
const [{ cookie }] = await newcomers(server.url, ["Ines Adler"]);
const [, name, value] = /^([^=]+)=(.*)$/.exec(cookie);
const session = { name, value, domain: "127.0.0.1", path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" };
const state = { cookies: [session], origins: [] };

/** Begins a conversation without scripts and takes the first reply that is on offer, a few times. */
async function begin(path) {
  const page = await openPage(browser, { url: server.url, state, script: false });
  await page.goto(path);
  await page.locator('form[action="/do/start-run"] button').click();
  for (let turn = 0; turn < TURNS; turn += 1) await page.locator("form.choices button.choice").first().click();
  await page.context().close();
}

try {
  for (const talk of TALKS.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))) {
    await begin(talk.path);
    for (const script of [true, false]) {
      for (const width of WIDTHS) {
        for (const theme of THEMES) {
          const page = await openPage(browser, { url: server.url, state, width, theme, script });
          await page.goto(`${talk.path}#now`);
          if (script) await islandsReady(page);
          const file = `talk-${talk.name}-${script ? "" : "plain-"}${width}-${theme}.png`;
          await page.screenshot({ path: join(folder, file), fullPage: true });
          console.log([file, ...page.problems, await overflow(page)].join("  "));
          await page.context().close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
