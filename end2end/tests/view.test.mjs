// What is in view in a conversation: its beginning first, then the newest line with what can be said; and a clock that tells
// the time that is left, however long the page slept.

import assert from "node:assert/strict";
import test from "node:test";
import { islandsReady } from "../lib/browser.mjs";
import { newcomers } from "../lib/people.mjs";
import { choose, OWN } from "../lib/talk.mjs";
import { site } from "../lib/site.mjs";

const here = site({ roles: [] });
const PUBLIC = "/courses/working-with-people-outside/a/late-parcel-public";
const MAIL = "/courses/the-other-door/a/partners-deadline-email";
/** Its second or third reply has a limit of 60 seconds. */
const TIMED = "/courses/when-everything-is-down/a/everything-down-phone";

async function begun(name, path, more = {}) {
  const [{ cookie }] = await newcomers(here.server.url, [name]);
  const [, key, value] = /^([^=]+)=(.*)$/.exec(cookie);
  const cookies = [{ name: key, value, domain: "127.0.0.1", path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" }];
  const page = await here.open(null, { state: { cookies, origins: [] }, ...more });
  await page.goto(path);
  await Promise.all([page.waitForEvent("load"), page.locator('main form[action="/do/start-run"] button').first().click()]);
  if (more.script !== false) await islandsReady(page);
  return page;
}

/** Takes the first reply and waits for the next ones. */
async function reply(page, script) {
  const mine = await page.locator(OWN).count();
  if (!script) return Promise.all([page.waitForEvent("load"), page.locator("button.choice").first().click()]);
  await choose(page, page.locator("button.choice").first());
  await page.waitForFunction(
    ([before, own]) => document.querySelectorAll(own).length > before && document.querySelector("form.choices button.choice, .ending"),
    [mine, OWN],
  );
  return page.waitForTimeout(100);
}

/** Whether the top of an element is within the window. */
const inView = (locator) =>
  locator.evaluate((it) => {
    const { top } = it.getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });

for (const script of [true, false]) {
  for (const width of [1280, 390]) {
    const how = `${script ? "with" : "without"} scripts, ${width} wide`;

    test(`a conversation opens at its beginning and goes on at the newest line, ${how}`, async () => {
      const page = await begun(`Vera View ${script} ${width}`, PUBLIC, { script, width });
      assert.equal(await page.evaluate(() => scrollY), 0, "nothing is jumped over");
      assert.ok(await inView(page.locator("h1")));
      assert.equal(await page.locator(".pager").count(), 0, "no way on beside the replies");
      assert.equal(await page.locator(".pager-quiet a").first().innerText(), "Leave for now. Your place is kept.");
      await reply(page, script);
      if ((await page.locator(".ending, .debrief").count()) === 0) {
        assert.ok(await inView(page.locator(OWN).last()), "what one said");
        assert.ok(await inView(page.locator(".lines > li").last()), "what came back");
        assert.ok(await inView(page.locator("#reply h2")), "and what can be said");
      }
      await page.context().close();
    });

    test(`the first letter is not folded away, ${how}`, async () => {
      const page = await begun(`Lena Letter ${script} ${width}`, MAIL, { script, width });
      const first = page.locator(".talk-email .line").first();
      const words = await first.innerText();
      assert.ok(await first.isVisible());
      await reply(page, script);
      assert.equal(await first.innerText(), words);
      assert.ok(await first.isVisible(), "it can still be read");
      assert.ok(await inView(page.locator(OWN).last()));
      await page.context().close();
    });
  }
}

/** Replies until the time to answer is limited, which every way through comes to with its second or third reply. */
async function toTheLimit(page) {
  for (let turn = 0; turn < 2 && (await page.locator(".timer").count()) === 0; turn += 1) await reply(page, true);
  await page.locator(".timer span").waitFor();
}

/** The seconds that the page shows. */
const shown = async (page) => Number.parseInt(await page.locator(".timer span").innerText(), 10);

test("a clock that slept tells the time that is left", async () => {
  const page = await begun("Kim Clock", TIMED);
  await toTheLimit(page);
  const before = await shown(page);
  const from = Date.now();
  // The page stands still, as behind a closed lid.
  await page.evaluate(() => {
    const until = Date.now() + 12_000;
    while (Date.now() < until);
  });
  await page.locator(".timer span").waitFor();
  await page.waitForTimeout(500);
  const passed = (Date.now() - from) / 1000;
  assert.ok(Math.abs(before - passed - (await shown(page))) <= 2, `${before} s, and ${passed} s later ${await shown(page)} s`);
  await page.context().close();
});

test("on waking the page asks the server, and a reply need not wait for that", async () => {
  const page = await begun("Wim Wake", TIMED);
  await toTheLimit(page);
  const mine = await page.locator(OWN).count();
  let asked = 0;
  await page.route("**/live/say", async (route) => {
    const { choice } = route.request().postDataJSON();
    if (choice === "") {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    await route.continue();
  });
  await page.evaluate(() => {
    const until = Date.now() + 5000;
    while (Date.now() < until);
  });
  for (let tries = 0; asked === 0 && tries < 40; tries += 1) await page.waitForTimeout(50);
  assert.equal(asked, 1, "asked on waking");
  await page.locator("button.choice").first().click();
  const replied = ([before, own]) => document.querySelectorAll(own).length > before;
  await page.waitForFunction(replied, [mine, OWN], { timeout: 2500 });
  await page.waitForTimeout(4000);
  assert.equal(await page.locator(OWN).count(), mine + 1, "the late answer to the question takes nothing back");
  await page.context().close();
});
