// After a conversation: trying a decision again, comparing plays, and saying something back to the author.

import assert from "node:assert/strict";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { islandsReady, overflow } from "../lib/browser.mjs";
import { site } from "../lib/site.mjs";
import { play } from "../lib/talk.mjs";

const here = site({ roles: ["learner", "trainer"] });
const COURSE = "/courses/working-with-people-outside";
const TALK = `${COURSE}/a/late-parcel-phone`;

/** Plays the conversation once and gives the address of its debrief. */
async function played(page, script, pick) {
  await page.goto(TALK);
  await page.locator('main form[action="/do/start-run"] button').first().click();
  await page.waitForLoadState();
  if (script) await islandsReady(page);
  await page.locator("form.choices").waitFor();
  const turns = await play(page, pick);
  if ((await page.locator(".debrief").count()) === 0) {
    await Promise.all([page.waitForURL(/\/result\?run=/), page.locator(".ending a.btn").first().click()]);
  }
  return { address: page.url(), turns };
}

for (const script of [true, false]) {
  test(`a debrief says first what it comes to, and folds the rest, ${script ? "with" : "without"} scripts`, async () => {
    const page = await here.open("learner", { script, width: 390 });
    const { address } = await played(page, script, () => 0);
    const summary = page.locator(".summary");
    const own = (await summary.locator("blockquote.said").first().innerText()).split("\n").at(-1);
    assert.ok(own.length > 5, "one's own sentence stands in it");
    for (const [width, height, screens] of [[1280, 900, 2], [390, 844, 4]]) {
      await page.setViewportSize({ width, height });
      const tall = await page.evaluate(() => document.querySelector(".folds").getBoundingClientRect().bottom + window.scrollY);
      // The screens are meant for eight decisions; each further one is a line.
      const further = Math.max(0, (await page.locator(".decision").count()) - 8) * 75;
      assert.ok(tall <= screens * height + further, `${tall} px down to the last decision at ${width}`);
      assert.equal(await overflow(page), 0);
    }
    const order = await page.evaluate(() =>
      [".summary-result", ".takeaway", ".point-try", ".folds"].map((part) => document.querySelector(part)?.getBoundingClientRect().top));
    assert.deepEqual(order, order.toSorted((a, b) => a - b), "the lesson comes before the decisions");
    assert.equal(await page.locator(".decision[open]").count(), 0);
    await page.locator(".point-try a").click();
    const asked = /open=(\d+)/.exec(page.url())[1];
    assert.equal(await page.locator(`#d${asked} > .decision[open]`).count(), 1, "a link to a decision finds it open");
    assert.ok((await page.locator(".decision[open] .decision-why").first().innerText()).length > 10);
    if (script) await axe(page, "a debrief with an open decision");
    await page.goto(address);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

for (const script of [true, false]) {
  const how = script ? "with" : "without";
  test(`a decision is tried again without counting, and plays are compared, ${how} scripts`, async () => {
    const page = await here.open("learner", { script });
    const first = await played(page, script, (count) => count - 1);
    const scores = async () => {
      await page.goto(TALK);
      return page.locator("details li a").allInnerTexts();
    };
    const before = await scores();
    await page.goto(first.address);
    assert.equal(await page.locator(".result-score").count(), 1);
    await page.locator("#d2 summary").first().click();
    await Promise.all([page.waitForURL(/rewind=/), page.locator('#d2 form[action="/do/rewind"] button').click()]);
    if (script) await islandsReady(page);
    assert.equal(await page.locator(".line-me").count(), 1, "what was said before the decision stands there");
    if (script) await axe(page, "a second try");
    await play(page, () => 0);
    if ((await page.locator(".debrief").count()) === 0) {
      await Promise.all([page.waitForURL(/\/result\?run=/), page.locator(".ending a.btn").first().click()]);
    }
    assert.notEqual(page.url(), first.address);
    assert.equal(await page.locator(".result-score").count(), 0, "a second try has no score");
    assert.deepEqual(await scores(), before, "and stands in no list");

    const second = await played(page, script, (count, turn) => (turn === 0 ? 1 : 0) % count);
    await page.locator("details.disclosure > summary, details > summary").filter({ hasText: "Compare with your" }).click();
    const rows = page.locator(".debrief table tbody tr").filter({ hasText: "%" });
    assert.ok((await rows.count()) >= 1, "the first play is beside it");
    assert.match(await rows.first().innerText(), /At decision \d+ you said|It took the same way/);
    assert.notEqual(second.address, first.address);
    if (script) await axe(page, "a debrief with other plays");
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`a remark reaches the trainer at its line, ${how} scripts`, async () => {
    const words = `Dana would have liked that better, I think (${how} scripts).`;
    const page = await here.open("learner", { script });
    await played(page, script, () => 0);
    await page.locator("#d1 summary").first().click();
    const remark = page.locator("#d1 details.remark");
    await remark.locator("summary").click();
    await remark.locator("textarea").fill("   ");
    await Promise.all([page.waitForURL(/form=/), remark.locator("button").click()]);
    assert.equal(await remark.locator("[aria-invalid=true]").count(), 1, "the error stands beside the field, which is open");
    await remark.locator("textarea").fill(words);
    await Promise.all([page.waitForURL(/done=remark/), remark.locator("button").click()]);
    assert.match(await page.locator("main [role=status]").innerText(), /Thank you/);
    assert.deepEqual(page.problems, []);
    await page.context().close();

    const trainer = await here.open("trainer", { script });
    await trainer.goto("/authoring/working-with-people-outside");
    await Promise.all([trainer.waitForURL(/\/remarks$/), trainer.getByRole("link", { name: /What learners said/ }).click()]);
    const card = trainer.locator(".remark-card").filter({ hasText: words });
    assert.match(await card.locator("code").innerText(), /^promises\/late-parcel-phone\.conversation:\d+$/);
    assert.ok((await card.locator("blockquote").innerText()).length > 10, "the reply it is about is quoted");
    assert.ok(!(await card.innerText()).includes("@"), "no name, no address");
    if (script) await axe(trainer, "what learners said");
    await Promise.all([trainer.waitForLoadState("load"), card.locator("button").click()]);
    await trainer.locator(".remark-settled").filter({ hasText: words }).waitFor();
    assert.deepEqual(trainer.problems, []);
    await trainer.context().close();
  });
}
