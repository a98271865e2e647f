// The main job of a learner: from an invitation to a debrief, a quiz, a lesson; with scripts and without.

import assert from "node:assert/strict";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { islandsReady, openPage } from "../lib/browser.mjs";
import { site } from "../lib/site.mjs";
import { play } from "../lib/talk.mjs";

const here = site({ roles: ["hr", "learner"] });
const COURSE = "/courses/working-with-people-outside";

/** HR adds a person and takes down their link. */
async function invite(name, login) {
  const page = await here.open("hr");
  await page.goto("/people/new");
  await page.locator('[name="name"]').fill(name);
  await page.locator('[name="email"]').fill(login);
  await Promise.all([page.waitForURL(/\/people\/.*\/link/), page.locator("main form button[type=submit]").first().click()]);
  const link = (await page.locator("main").innerText()).match(/https?:\/\/\S+\/welcome\/\w+/)?.[0];
  assert.ok(link, "the link is on the page");
  await page.context().close();
  return new URL(link).pathname;
}

/** Opens an invitation, chooses a password and lands on the home page. */
async function arrive(path, script) {
  const page = await openPage(here.browser, { url: here.server.url, script });
  await page.goto(path);
  await page.locator('[name="password"]').fill("a lighthouse in the fog");
  await Promise.all([page.waitForURL((url) => url.pathname === "/"), page.locator("main button[type=submit]").click()]);
  return page;
}

for (const script of [true, false]) {
  const how = script ? "with" : "without";
  test(`a new learner is talking at once and reads a debrief soon, ${how} scripts`, async () => {
    const page = await arrive(await invite(`Nele ${how}`, `nele.${how}@new.example`), script);
    assert.equal(await page.locator("main .resume").count(), 1, "one clear card");
    await page.locator("main .resume a.btn").first().click();
    await page.waitForURL(/\/a\//);
    assert.match(page.url(), /late-parcel-public/, "the course begins with a conversation");
    await page.locator("main form button").first().click();
    await page.waitForLoadState();
    if (script) await islandsReady(page);
    await page.locator("form.choices").waitFor();
    if (script) await axe(page, `the conversation`);
    const turns = await play(page);
    assert.ok(turns >= 4, `${turns} decisions`);
    if ((await page.locator(".debrief").count()) === 0) {
      await Promise.all([page.waitForURL(/\/result\?run=/), page.locator(".ending a.btn").first().click()]);
    }
    assert.equal(await page.locator(".decision").count(), turns);
    if (script) await axe(page, `the debrief`);
    assert.deepEqual(page.problems, []);
    await page.goto(COURSE);
    assert.equal(await page.locator(".activity-done").count(), 1, "playing to an ending completes it");
    await page.context().close();
  });

  test(`a lesson is read and a quiz handed in, ${how} scripts`, async () => {
    const page = await arrive(await invite(`Ole ${how}`, `ole.${how}@new.example`), script);
    await page.goto(`${COURSE}/a/say-what-happened`);
    await Promise.all([page.waitForURL(/public-or-private/), page.locator('form[action="/do/finish-lesson"] button').click()]);
    await page.goto(`${COURSE}/a/first-words-quiz`);
    if (page.url().includes("first-words-quiz") && (await page.locator("h1").innerText()).includes("nothing here")) {
      assert.fail("the quiz is not where this test looks for it");
    }
    await page.locator('form[action="/do/start-quiz"] button').click();
    await page.waitForLoadState();
    for (let step = 0; step < 20 && !page.url().includes("/review"); step += 1) {
      const rates = page.locator("fieldset.rate");
      if ((await rates.count()) > 0) {
        for (let row = 0; row < (await rates.count()); row += 1) await rates.nth(row).locator("input").nth(row % 4).check();
      } else {
        await page.locator(".question .options input").first().check();
      }
      await Promise.all([page.waitForEvent("load"), page.locator('form[action="/do/answer"] button[type=submit]').click()]);
    }
    assert.equal(await page.locator(".review-missing").count(), 0, "every answer was kept");
    if (script) await axe(page, `the review`);
    await Promise.all([page.waitForURL(/\/result\?attempt=/), page.locator('form[action="/do/submit-quiz"] button').last().click()]);
    assert.match(await page.locator(".result-score").innerText(), /\d+ ?%/);
    if (script) await axe(page, `the result`);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test("a turn counts once: double click, reload, second device", async () => {
  const path = await invite("Pia Twice", "pia.twice@new.example");
  const page = await arrive(path, true);
  await page.goto(`${COURSE}/a/late-parcel-public`);
  await page.locator("main form button").first().click();
  await page.waitForLoadState();
  await islandsReady(page);
  await page.locator("button.choice").first().dblclick();
  await page.waitForFunction(() => document.querySelectorAll(".line-me").length > 0);
  await page.reload();
  await page.locator(".line-me").first().waitFor();
  assert.equal(await page.locator(".line-me").count(), 1);
  const second = await openPage(here.browser, { url: here.server.url, state: await page.context().storageState(), script: false });
  await second.goto(`${COURSE}/a/late-parcel-public`);
  assert.equal(await second.locator(".line-me").count(), 1);
  const fields = await second.locator("form.choices").evaluate((form) => ({
    run: form.elements.run.value,
    turn: form.elements.turn.value,
    choice: form.querySelector("button.choice").value,
  }));
  const cookie = (await second.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const post = () =>
    fetch(new URL("/do/take-turn", here.server.url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie, "sec-fetch-site": "same-origin", accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });
  const answers = await Promise.all([post(), post(), post(), post()]);
  assert.deepEqual(answers.map((answer) => answer.status), [303, 303, 303, 303]);
  await second.reload();
  assert.equal(await second.locator(".line-me").count(), 2, "four racing requests leave one turn");
  await second.context().close();
  await page.context().close();
});
