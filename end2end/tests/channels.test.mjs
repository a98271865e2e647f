// The five channels, with and without scripts: each looks like its medium, and a case that is under way outlives the
// server and goes on at another device, word for word.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { axe } from "../lib/axe.mjs";
import { islandsReady, openPage, overflow, startBrowser } from "../lib/browser.mjs";
import { course, fill } from "../lib/course.mjs";
import { newcomers, siteFacts } from "../lib/people.mjs";
import { begin, offered, say as tell, wayThrough } from "../lib/scenario.mjs";
import { startServer } from "../lib/server.mjs";
import { choose, OWN, play } from "../lib/talk.mjs";

const DOOR = "/courses/the-other-door/a";
const CHANNELS = [
  { look: "talk-public", path: "/courses/working-with-people-outside/a/late-parcel-public" },
  { look: "talk-dm", path: `${DOOR}/late-parcel-dm` },
  { look: "talk-phone", path: `${DOOR}/partners-deadline-phone` },
  { look: "talk-email", path: `${DOOR}/partners-deadline-email` },
  { look: "talk-board", path: `${DOOR}/partners-deadline-board` },
];

let browser;
let data;
let server;
before(async () => {
  data = await mkdtemp(join(tmpdir(), "colloquy-channels-"));
  [browser, server] = await Promise.all([startBrowser(), startServer({ data })]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(data, { recursive: true, force: true });
});

/** Signed in by a cookie, as on any device the person uses. */
function device(cookie, script, more = {}) {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(cookie);
  const cookies = [{ name, value, domain: "127.0.0.1", path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" }];
  return openPage(browser, { url: server.url, script, state: { cookies, origins: [] }, ...more });
}

/** Where a case stands: every line in the order of the page, the turn, and what can be said. */
async function standing(page) {
  return {
    lines: await page.locator(".lines > li").evaluateAll((lines) => lines.map((line) => line.textContent)),
    turn: await page.locator('form.choices [name="turn"]').inputValue(),
    offers: await page.locator("button.choice").allTextContents(),
  };
}

/** The replies of the way that ends well: whoever begins like that is still under way after two of them. */
function bestReplies(path, facts) {
  const [, , slug, , id] = path.split("/");
  const { scenario } = course(slug).activities.find((activity) => activity.id === id);
  return wayThrough(scenario).map(({ done, text }) => `${done ? "Do " : ""}${fill(text, facts)}`);
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** Says or does one thing and waits until it stands there. */
async function say(page, script, words) {
  const mine = await page.locator(OWN).count();
  const offers = (await page.locator("button.choice").allTextContents()).map(plain);
  assert.ok(offers.includes(plain(words)), `“${words}” can be said: ${offers.join(" | ")}`);
  const choice = page.locator("button.choice").nth(offers.indexOf(plain(words)));
  if (!script) return Promise.all([page.waitForEvent("load"), choice.click()]);
  await choose(page, choice);
  await page.waitForFunction(
    ([before, own]) => document.querySelectorAll(own).length > before && document.querySelector("form.choices") !== null,
    [mine, OWN],
    // Several people take their time, one after the other.
    { timeout: 30_000 },
  );
}

/** What only this channel shows. */
async function checkLook(page, look, script) {
  const talk = page.locator(`.talk.${look}`).first();
  const text = async (selector) => (await talk.locator(selector).first().textContent()).trim();
  if (look === "talk-public") {
    assert.match(await text(".talk-audience"), /can read this$/);
    assert.match(await text(".line-me .line-foot"), /^\d+ of \d+$/);
  }
  if (look === "talk-phone") assert.match(await text(".talk-clock"), /^\d\d:\d\d$/);
  if (look === "talk-email") {
    assert.ok((await text(".talk-subject")).length > 5, "a mail has a subject");
    assert.equal(await talk.locator("details").count(), 0, "no letter is folded away");
    assert.ok(await talk.locator(".line").first().isVisible(), "the first letter can be read");
  }
  if (look === "talk-board") {
    assert.match(await text(".talk-audience"), /^Shared by (\S.*, ){2,}/);
    assert.match(await text(".line-me .line-who"), /you$/);
  }
  if (!script) return;
  // Only the others are read out: what one says oneself one knows.
  const spoken = await page.locator(".conversation [role=status]").textContent();
  const own = await page.locator(".line-me .line-body > p:not(.line-who)").first().textContent();
  assert.ok(spoken.length > 5 && !spoken.includes(own), `read out: ${spoken}`);
}

/** A mail lies there before it goes, and can be taken back. */
async function checkDraft(page) {
  const first = page.locator("button.choice").first();
  const words = await first.textContent();
  await first.click();
  const draft = page.locator(".draft");
  await draft.waitFor({ state: "visible" });
  assert.deepEqual(await page.locator("button.choice:visible").allTextContents(), [words], "the sheet lies there alone");
  await axe(page, "a draft");
  await draft.locator("button").last().click();
  await page.waitForFunction(() => document.activeElement?.tagName === "H2", null, { timeout: 3000 });
  assert.ok((await page.locator("button.choice:visible").count()) > 1, "and the other replies are back");
  assert.equal(await page.locator(".line-me").count(), 0, "nothing was sent");
}

for (const script of [true, false]) {
  test(`five channels outlive the server and go on elsewhere, ${script ? "with" : "without"} scripts`, async () => {
    const [{ cookie }] = await newcomers(server.url, [`Channel ${script ? "Scripted" : "Plain"}`]);
    const left = new Map();
    const facts = await siteFacts(server.url);
    const first = await device(cookie, script, { width: script ? 1280 : 320 });
    for (const { look, path } of CHANNELS) {
      await first.goto(path);
      await Promise.all([first.waitForEvent("load"), first.locator('main form[action="/do/start-run"] button').first().click()]);
      if (script) await islandsReady(first);
      const [greeting, next] = bestReplies(path, facts);
      await say(first, script, greeting);
      // Whom to answer is done and not written; the letter comes after it.
      if (look === "talk-email") {
        assert.match(plain(await first.locator(".line-did").textContent()), /^Done by you Answer /);
        if (script) await checkDraft(first);
        await say(first, script, next);
      }
      await checkLook(first, look, script);
      if (script) await axe(first, look);
      assert.equal(await overflow(first), 0, `${look} scrolls sideways`);
      if (look !== "talk-email") await say(first, script, next);
      if (script) await first.reload();
      left.set(look, await standing(first));
    }
    assert.deepEqual(first.problems, []);

    await server.kill();
    server = await startServer({ data });
    const second = await device(cookie, script, { width: 390, theme: "dark" });
    for (const { look, path } of CHANNELS) {
      await second.goto(path);
      if (script) await islandsReady(second);
      const found = await standing(second);
      assert.deepEqual(found, left.get(look), `${look} stands where it stood`);
      assert.equal(found.turn, "2");
      if (script) await axe(second, `${look} on a phone, dark`);
      await play(second, () => 0);
      if ((await second.locator(".debrief").count()) === 0) {
        await Promise.all([second.waitForURL(/\/result\?run=/), second.locator(".ending a.btn").first().click()]);
      }
      assert.ok((await second.locator(".decision").count()) > 2, "the debrief goes through every decision");
      assert.equal(await overflow(second), 0, `the debrief of ${look} scrolls sideways`);
    }
    assert.deepEqual(second.problems, []);
    await first.context().close();
    await second.context().close();
  });
}

test("whoever puts somebody on hold can hear what they hear, and read it", async () => {
  const [{ cookie }] = await newcomers(server.url, ["Channel Listener"]);
  const path = "/courses/working-with-people-outside/a/late-parcel-phone";
  const { scenario } = course("working-with-people-outside").activities.find(({ id }) => id === "late-parcel-phone");
  const facts = await siteFacts(server.url);
  const page = await device(cookie, false);
  await page.goto(path);
  await Promise.all([page.waitForEvent("load"), page.locator('main form[action="/do/start-run"] button').first().click()]);
  let state = begin(scenario);
  for (const best of wayThrough(scenario)) {
    const hold = offered(scenario, state).find(({ target }) => target === "pan-pipes");
    await say(page, false, fill((hold ?? best).text, facts));
    state = tell(scenario, state, hold ?? best);
    if (hold) break;
  }
  const source = await page.locator("audio source").getAttribute("src");
  assert.match(await page.locator(".line-hold").last().textContent(), /waltz/, "it is told in words, too");
  await page.context().close();

  const phone = await device(cookie, true, { width: 390 });
  await phone.goto(path);
  await islandsReady(phone);
  const recording = phone.locator("audio");
  assert.equal(await recording.locator("source").getAttribute("src"), source);
  const answer = await phone.request.get(source);
  assert.deepEqual([answer.status(), answer.headers()["content-type"]], [200, "audio/mpeg"]);
  const seconds = await recording.evaluate(
    (audio) =>
      new Promise((resolve) => {
        audio.addEventListener("loadedmetadata", () => resolve(audio.duration));
        audio.addEventListener("error", () => resolve(0));
        audio.load();
      }),
  );
  assert.ok(seconds > 10 && seconds < 20, `it lasts ${seconds} s`);
  assert.ok((await recording.boundingBox()).width > 200, "its button can be seen");
  await recording.evaluate((audio) => {
    window.recording = audio;
    window.restarts = 0;
    audio.addEventListener("loadstart", () => (window.restarts += 1));
  });
  await say(phone, true, fill(offered(scenario, state)[0].text, facts));
  const after = await phone.evaluate(() => [window.recording.isConnected, window.restarts]);
  assert.deepEqual(after, [true, 0], "what is playing goes on while new lines come");
  assert.deepEqual(phone.problems, []);
  await phone.context().close();
});
