// The whole flagship course by the keyboard alone, from the sign-in to the receipt, seeing at every step where one is.

import assert from "node:assert/strict";
import test from "node:test";
import { bare } from "../lib/canary.mjs";
import { course, fill } from "../lib/course.mjs";
import { islandsReady } from "../lib/browser.mjs";
import { chooseRadio, follow, press, tabTo } from "../lib/keyboard.mjs";
import { NEW_PASSWORD, newcomers, siteFacts } from "../lib/people.mjs";
import { begin, offered, say, wayThrough } from "../lib/scenario.mjs";
import { isDrafted, OWN } from "../lib/talk.mjs";
import { site } from "../lib/site.mjs";

const here = site({ roles: [] });
const FLAGSHIP = course("working-with-people-outside");
/** Replies after which the next ones were far away. */
const lost = [];

/** The position of the one locator whose words are these, as a text or in Markdown. */
async function positionOf(locators, words) {
  const texts = await locators.allInnerTexts();
  const at = texts.findIndex((text) => bare(text) === bare(words));
  assert.ok(at >= 0, `“${words}” is not among ${texts.join(" | ")}`);
  return at;
}

async function signIn(page, login) {
  await page.goto("/sign-in");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("name")), "login", "one may write at once");
  await page.keyboard.type(login);
  await tabTo(page, page.locator('[name="password"]'), 1);
  await page.keyboard.type(NEW_PASSWORD);
  // The button that shows the password comes between.
  await tabTo(page, page.locator('form[action="/do/sign-in"] button[type="submit"]'), 2);
  await Promise.all([page.waitForURL((url) => url.pathname === "/"), page.keyboard.press("Enter")]);
}

/** The focus goes on with the next frame, sooner than anybody presses a key. */
const nextFrames = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

/** Talks the best way to the ending and goes on from its debrief. */
async function talk(page, { id, scenario }, facts) {
  const near = (turn, stops, most) => {
    if (stops > most) lost.push(`${id}: ${stops} stops after reply ${turn}`);
  };
  await follow(page, page.locator('form[action="/do/start-run"] button'));
  await islandsReady(page);
  let state = begin(scenario);
  const way = wayThrough(scenario);
  const buttons = page.locator("button.choice");
  for (const [turn, choice] of way.entries()) {
    const count = offered(scenario, state).length;
    assert.equal(await buttons.count(), count);
    const button = buttons.nth(await positionOf(buttons, `${choice.done ? "Do " : ""}${fill(choice.text, facts)}`));
    const said = await page.locator(OWN).count();
    const drafted = await isDrafted(page, button);
    const stops = await tabTo(page, button);
    // The first turn begins at the beginning of its page: what is to be read comes before the replies.
    if (turn > 0) near(turn, stops, count);
    await page.keyboard.press("Enter");
    if (drafted) {
      await page.locator(".draft").waitFor();
      await nextFrames(page);
      near(turn, await tabTo(page, page.locator(".draft button").first()), 2);
      await page.keyboard.press("Enter");
    }
    await page.waitForFunction(
      ([before, own]) =>
        document.querySelectorAll(own).length > before &&
        document.querySelector(".ending, form.choices button.choice:not([disabled])") !== null,
      [said, OWN],
    );
    await nextFrames(page);
    state = say(scenario, state, choice);
  }
  assert.equal(scenario.nodes[state.node].end, "success");
  near(way.length, await follow(page, page.locator(".ending-success a.btn")), 1);
  await onward(page, ".debrief .result-pass");
}

/** Answers every question rightly, hands in, and goes on from the result. */
async function quiz(page, { quiz }, facts) {
  await follow(page, page.locator('form[action="/do/start-quiz"] button'));
  while (!page.url().includes("/review")) {
    await islandsReady(page);
    const id = (await page.locator(".question-stem").getAttribute("id")).replace("f-q.", "");
    const item = quiz.items.find((one) => one.id === id);
    if (item.kind === "judgement") {
      const rates = page.locator("fieldset.rate");
      for (const { text, key } of item.options) {
        const rate = rates.nth(await positionOf(rates.locator("legend"), fill(text, facts)));
        await chooseRadio(page, rate.locator("input"), key - 1);
      }
    } else {
      const [inputs, lines] = [page.locator(".options input"), page.locator(".options label")];
      const right = [];
      for (const { text, key } of item.options) if (key) right.push(await positionOf(lines, fill(text, facts)));
      for (const at of right.sort((a, b) => a - b)) {
        if (item.kind === "multiple") {
          await tabTo(page, inputs.nth(at));
          await press(page, "Space");
          assert.ok(await inputs.nth(at).isChecked());
        } else {
          await chooseRadio(page, inputs, at);
        }
      }
    }
    await follow(page, page.locator('form[action="/do/answer"] button[type=submit]'));
  }
  assert.equal(await page.locator(".review-missing").count(), 0, "every answer was kept");
  await follow(page, page.locator('form[action="/do/submit-quiz"] button'));
  await onward(page, ".result-pass");
}

/** From a result that passed to whatever comes next. */
async function onward(page, passed) {
  assert.equal(await page.locator(passed).count(), 1, "it was passed");
  await follow(page, page.locator("main .actions a.btn").first());
}

test("a learner does the whole course by the keyboard alone", async (t) => {
  const [learner] = await newcomers(here.server.url, ["Kim Keys"]);
  const facts = await siteFacts(here.server.url);
  const page = await here.open(null);
  await signIn(page, learner.login);
  await press(page, "Tab");
  assert.match(await page.evaluate(() => document.activeElement.className), /skip/, "the first stop leads past the header");
  await page.keyboard.press("Enter");
  assert.equal(await tabTo(page, page.locator("main .resume a.btn").first()), 1, "the first stop in the page is what to do next");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);

  for (const activity of FLAGSHIP.activities) {
    await t.test(`${activity.kind} ${activity.id}`, async () => {
      assert.equal(new URL(page.url()).pathname, activity.path, "one comes here by the keyboard");
      if (activity.kind === "conversation") await talk(page, activity, facts);
      if (activity.kind === "quiz") await quiz(page, activity, facts);
      if (activity.kind === "lesson") await follow(page, page.locator('form[action="/do/finish-lesson"] button'));
      if (activity.kind === "acknowledgement") await follow(page, page.locator('form[action="/do/agree"] button'));
    });
  }

  assert.match(page.url(), /\/receipts\/[0-9a-f-]+\?done=course$/, "the last activity leads to the receipt");
  assert.match(await page.locator("main").innerText(), /Kim Keys/);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("whoever replies by the keyboard stays in the conversation: the next replies are the next stops", () => {
  assert.deepEqual(lost, []);
});
