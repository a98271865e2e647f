// Answering in one's own words: looked at before it is sent, confirmed, shown again in the debrief.

import assert from "node:assert/strict";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { islandsReady } from "../lib/browser.mjs";
import { bare } from "../lib/canary.mjs";
import { course, fill } from "../lib/course.mjs";
import { siteFacts } from "../lib/people.mjs";
import { begin, offered, say, wayThrough } from "../lib/scenario.mjs";
import { site } from "../lib/site.mjs";
import { play } from "../lib/talk.mjs";

const here = site({ roles: ["learner", "trainer"] });
const COURSE = course("the-other-door");
const TALK = COURSE.activities.find(({ id }) => id === "late-parcel-dm");
const OWN = "The driver's map had the wrong pin, your label is fine. It's on us, and I'll put it right now.";

/** Picks a reply by its words and waits until it was taken. */
async function pick(page, script, words) {
  const buttons = page.locator("form.choices button.choice");
  await buttons.first().waitFor();
  const at = (await buttons.allInnerTexts()).findIndex((text) => bare(text) === bare(words));
  assert.ok(at >= 0, words);
  await take(page, script, () => buttons.nth(at).click());
}

/** Does what takes a turn. */
async function take(page, script, act) {
  const before = await page.locator(".line-me").count();
  if (!script) return Promise.all([page.waitForEvent("load"), act()]);
  await act();
  await page.waitForFunction(
    (before) =>
      document.querySelectorAll(".line-me").length > before &&
      document.querySelector(".ending, form.choices button.choice, form.own") !== null,
    before,
  );
}

/** Looks at words. */
async function look(page, script, words) {
  await page.locator("#f-words").fill(words);
  const button = page.locator("form.own > .actions button");
  if (!script) return Promise.all([page.waitForEvent("load"), button.click()]);
  const [answer] = await Promise.all([page.waitForResponse(/\/live\/say$/), button.click()]);
  assert.equal(answer.status(), 200);
  const body = await answer.text();
  for (const secret of ["says", "why", "rate", "Chose"]) assert.ok(!body.includes(`"${secret}"`), `${secret} in ${body}`);
  await page.locator(".reading").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "reading");
  assert.equal(await page.locator("#news").textContent(), await page.locator("#found").textContent(), "what was found is read out");
}

/** Begins anew and picks the best way to the free reply. */
async function toTheFreeReply(page, script, facts) {
  await page.goto(TALK.path);
  await page.locator('main form[action="/do/start-run"] button').first().click();
  await page.waitForLoadState();
  if (script) await islandsReady(page);
  let state = begin(TALK.scenario);
  for (const choice of wayThrough(TALK.scenario)) {
    if (TALK.scenario.nodes[state.node].free) break;
    await pick(page, script, fill(choice.text, facts));
    state = say(TALK.scenario, state, choice);
  }
  assert.ok(TALK.scenario.nodes[state.node].free, "the way leads there");
  await page.locator("form.own").waitFor();
  return offered(TALK.scenario, state).map(({ text }) => fill(text, facts));
}

for (const script of [true, false]) {
  const how = script ? "with" : "without";

  test(`a reply in own words is looked at, changed, confirmed and talked over, ${how} scripts`, async () => {
    const facts = await siteFacts(here.server.url);
    const page = await here.open("learner", { script });
    const meanings = await toTheFreeReply(page, script, facts);
    if (script) await axe(page, "a free reply");
    const said = await page.locator(".line-me").count();

    await look(page, script, "Bananas grow upwards.");
    assert.match(await page.locator(".reading").innerText(), /not sure what you mean/);
    assert.equal(await page.locator('.reading input[name="keep"]').isChecked(), false, "consent is given, not taken");
    assert.equal(await page.locator(".reading button.choice").count(), meanings.length);
    if (script) await axe(page, "an unclear reading");

    await look(page, script, OWN);
    assert.equal(await page.locator(".line-me").count(), said, "nothing was said yet");
    const reading = page.locator(".reading");
    assert.equal(bare(await reading.locator("blockquote.own-meant").innerText()), bare(meanings[0]));
    assert.equal(await reading.locator("mark").count() > 0, true, "the very words are marked");
    assert.match(await reading.locator(".own-notes").innerText(), /Good/);
    if (script) {
      assert.equal(await page.locator("#own-count").innerText(), `${OWN.length} / 2000`);
      await axe(page, "a clear reading");
    }

    const changed = OWN.replace("right now", "today");
    await page.locator("#f-words").fill(changed);
    assert.equal(await reading.isVisible(), !script, "a reading of other words is put away");
    if (script) {
      await page.locator("#f-words").fill(OWN);
      assert.ok(await reading.isVisible(), "and comes back with its words");
    } else {
      await Promise.all([page.waitForEvent("load"), reading.locator(".actions button").click()]);
      assert.equal(await page.locator(".line-me").count(), said, "changed words are read before they are sent");
      assert.equal(await page.locator("#f-words").inputValue(), changed);
      await look(page, script, OWN);
    }
    await take(page, script, () => reading.locator(".actions button").click());
    assert.equal((await page.locator(".line-me").last().innerText()).includes(OWN), true, "one's own words stand in the talk");
    assert.equal(await page.locator(".reading").count(), 0);

    await play(page, () => 0);
    if ((await page.locator(".debrief").count()) === 0) {
      await Promise.all([page.waitForURL(/\/result\?run=/), page.locator(".ending a.btn").first().click()]);
    }
    const decision = page.locator(".decision").filter({ hasText: "Read as" });
    assert.equal(await decision.count(), 1);
    assert.ok((await page.locator(".debrief").innerText()).includes(OWN), "the summary or a line names one's own words");
    await decision.locator("summary").first().click();
    assert.ok((await decision.locator(".fold-pair blockquote.said").first().innerText()).includes(OWN));
    assert.ok((await decision.locator("mark").count()) > 0);
    if (script) await axe(page, "a debrief with own words");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`an unclear wording is left to the author, ${how} scripts`, async () => {
    const facts = await siteFacts(here.server.url);
    const words = `Bananas grow upwards ${how} scripts.`;
    const page = await here.open("learner", { script });
    const meanings = await toTheFreeReply(page, script, facts);
    await look(page, script, words);
    await page.locator('.reading input[name="keep"]').check();
    await take(page, script, () => page.locator(".reading button.choice").first().click());
    assert.ok(meanings.length > 1);
    await play(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();

    const trainer = await here.open("trainer", { script });
    await trainer.goto(`/authoring/${COURSE.slug}/remarks`);
    const card = trainer.locator(".remark-card").filter({ hasText: words });
    assert.match(await card.locator("code").innerText(), /^same-parcel\/late-parcel-dm\.conversation:\d+$/);
    if (script) await axe(trainer, "wordings left to the author");
    await Promise.all([trainer.waitForEvent("load"), card.locator("button").click()]);
    assert.equal(await trainer.locator(".remark-card").filter({ hasText: words }).count(), 0);
    assert.deepEqual(trainer.problems, []);
    await trainer.context().close();
  });
}

for (const script of [true, false]) {
  test(`own words are never taken for HTML, ${script ? "with" : "without"} scripts`, async () => {
    const page = await here.open("learner", { script });
    await toTheFreeReply(page, script, await siteFacts(here.server.url));
    const words = `Sorry, <img src="x" onerror="document.title='gone'"></textarea><b>I'll fix it today.</b>`;
    await look(page, script, words);
    assert.equal(await page.locator("#f-words").inputValue(), words);
    assert.equal(await page.locator("#reply img, #reply b b").count(), 0);
    assert.ok((await page.locator(".own-said").innerText()).includes("<img src="));
    await take(page, script, () => page.locator(".reading [name=choice]").first().click());
    assert.ok((await page.locator(".line-me").last().innerText()).includes("<img src="));
    assert.equal(await page.locator(".line-me img, .line-me p:not(.line-who) b").count(), 0);
    assert.ok(!(await page.title()).includes("gone"));
    await play(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test("what cannot be sent, what must not, and what to think again about are told apart without colour", async () => {
  const page = await here.open("learner");
  await toTheFreeReply(page, true, await siteFacts(here.server.url));
  await page.locator("#f-words").fill("x".repeat(2001));
  assert.equal(await page.locator("#own-count").innerText(), "2001 / 2000");
  await look(page, true, "x".repeat(2001));
  assert.match(await page.locator(".reading .error").innerText(), /under 2000 characters/);
  assert.equal(await page.locator(".reading button").count(), 0, "nothing to confirm");
  await axe(page, "words that are too long");
  await look(page, true, "As I said, you should have checked. Sorry for any inconvenience. I'll look into it today.");
  const notes = await page.locator(".own-notes li b").allInnerTexts();
  assert.ok(notes.includes("Think again") && notes.includes("Good"), notes.join());
  assert.equal(await page.locator("mark.found-warning").first().evaluate((mark) => getComputedStyle(mark).textDecorationLine), "underline");
  await axe(page, "a reading with warnings");
  await play(page);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("own words are written, looked at and sent with the keyboard alone", async () => {
  const page = await here.open("learner");
  await toTheFreeReply(page, true, await siteFacts(here.server.url));
  const before = await page.locator(".line-me").count();
  await page.locator("#f-words").focus();
  await page.keyboard.type(OWN);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "reading");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Yes, send it");
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.querySelectorAll(".line-me").length > before, before);
  await page.waitForFunction(() => document.activeElement.matches("#reply h2, .ending h2"));
  await play(page);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
