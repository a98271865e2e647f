// What one writes is not lost: not by a slow line, not by a clock that slept, not by a session that ended meanwhile.

import assert from "node:assert/strict";
import test from "node:test";
import { islandsReady } from "../lib/browser.mjs";
import { newcomers, NEW_PASSWORD } from "../lib/people.mjs";
import { site } from "../lib/site.mjs";

const here = site({ roles: ["hr", "trainer"] });
const COURSE = "/courses/working-with-people-outside/a";
const QUIZ = `${COURSE}/first-words-quiz`;

/** A page of somebody new, on a device of their own. */
async function newcomer(name, more = {}) {
  const [{ login, cookie }] = await newcomers(here.server.url, [name]);
  const page = await device(cookie, more);
  return { login, cookie, page };
}

function device(cookie, more = {}) {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(cookie);
  const cookies = [{ name, value, domain: "127.0.0.1", path: "/", expires: -1, httpOnly: true, secure: false, sameSite: "Lax" }];
  return here.open(null, { state: { cookies, origins: [] }, ...more });
}

/** Begins the quiz and goes to its first question that has one of several options as its answer. */
async function firstChoice(page, script = true) {
  await page.goto(QUIZ);
  await Promise.all([page.waitForEvent("load"), page.locator('form[action="/do/start-quiz"] button').click()]);
  let at = 1;
  while ((await page.locator('.question .options input[type="radio"]').count()) === 0) await page.goto(`${QUIZ}?q=${(at += 1)}`);
  assert.equal(await page.locator("fieldset.rate").count(), 0);
  if (script) await islandsReady(page);
  return new URL(`${QUIZ}?q=${at}`, here.server.url).href;
}

/** The words of the option that is ticked. */
const ticked = (page) => page.locator(".question .option:has(:checked) span").allInnerTexts();

/** Ends every session of a person, as from another device. */
async function endSessions(login) {
  const other = await here.open(null);
  await other.goto("/sign-in");
  await signIn(other, login);
  await other.goto("/account");
  // What cannot be taken back asks first.
  const control = other.locator('details:has(form[action="/do/end-other-sessions"])');
  await control.locator("summary").click();
  await Promise.all([other.waitForEvent("load"), control.locator('form[action="/do/end-other-sessions"] button').click()]);
  await other.context().close();
}

async function signIn(page, login, password = NEW_PASSWORD) {
  await page.locator('[name="login"]').fill(login);
  await page.locator('[name="password"]').fill(password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith("/sign-in")),
    page.locator('form:has([name="password"]) button[type="submit"]').click(),
  ]);
}

test("of two answers that overtake each other the later one is stored, and a link waits for both", async () => {
  const { page } = await newcomer("Olga Overtaken");
  const url = await firstChoice(page);
  let arrived;
  await page.route("**/live/answer", async (route) => {
    if (arrived) return route.continue();
    // The first one is on its way for a while, as on a bad line, and arrives whatever the page does meanwhile.
    const request = route.request();
    const [headers, data] = [await request.allHeaders(), request.postData()];
    arrived = new Promise((resolve) => setTimeout(resolve, 1500))
      .then(() => page.context().request.post(request.url(), { headers, data }))
      .then((response) => route.fulfill({ response }).catch(() => {}));
    return arrived;
  });
  const options = page.locator(".question .options input");
  await options.nth(0).check();
  await page.waitForTimeout(150);
  await options.nth(1).check();
  const chosen = await ticked(page);
  await Promise.all([page.waitForURL(/\/review/), page.getByRole("link", { name: "Review all answers" }).click()]);
  const answers = await page.locator(".review-answer").allInnerTexts();
  assert.ok(answers.includes(chosen[0]), `${chosen} is under review: ${answers.join(" | ")}`);
  await arrived;
  await page.goto(url);
  assert.deepEqual(await ticked(page), chosen, "and it is what is stored");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("whoever leaves while an answer cannot be saved is told", async () => {
  const { page } = await newcomer("Nils Unsaved");
  await firstChoice(page);
  await page.route("**/live/answer", (route) => route.abort());
  await page.locator(".question .options input").first().check();
  await page.getByText("Not saved yet").waitFor();
  let asked = "";
  page.on("dialog", async (dialog) => {
    asked = dialog.type();
    await dialog.dismiss();
  });
  await page.getByRole("link", { name: "Review all answers" }).click();
  await page.waitForFunction(() => true);
  for (let tries = 0; asked === "" && tries < 50; tries += 1) await page.waitForTimeout(50);
  assert.equal(asked, "beforeunload");
  assert.ok(page.url().includes("?q="), "and stays");
  await page.context().close();
});

test("Back leads from the second question to the first", async () => {
  for (const script of [true, false]) {
    const { page } = await newcomer(`Berta Back ${script}`, { script });
    await page.goto(QUIZ);
    await Promise.all([page.waitForEvent("load"), page.locator('form[action="/do/start-quiz"] button').click()]);
    assert.match(page.url(), /\?q=1$/, "a question has an address of its own");
    const first = await page.locator(".question-stem").innerText();
    const rates = page.locator("fieldset.rate");
    for (let row = 0; row < (await rates.count()); row += 1) await rates.nth(row).locator("input").first().check();
    if ((await rates.count()) === 0) await page.locator(".question .options input").first().check();
    await Promise.all([page.waitForURL(/\?q=2$/), page.locator('form[action="/do/answer"] button[type=submit]').click()]);
    assert.notEqual(await page.locator(".question-stem").innerText(), first);
    await page.goBack();
    assert.equal(await page.locator(".question-stem").innerText(), first);
    await page.context().close();
  }
});

for (const script of [true, false]) {
  const how = script ? "with" : "without";

  test(`an answer given after the session has ended is told, kept, and sent after signing in, ${how} scripts`, async () => {
    const { page, login } = await newcomer(`Sara Signedout ${how}`, { script });
    const url = await firstChoice(page, script);
    await endSessions(login);
    const option = page.locator(".question .option").nth(1);
    const chosen = await option.locator("span").allInnerTexts();
    // With scripts the page is left as soon as it is chosen.
    await option.locator("input").click();
    if (!script) await page.locator('form[action="/do/answer"] button[type=submit]').click();
    await page.waitForURL(/\/sign-in/);
    assert.match(await page.locator("main").innerText(), /You have been signed out.*kept for 24 hours/s);
    await signIn(page, login);
    assert.ok(page.url().startsWith(url), `${page.url()} is where it was`);
    assert.deepEqual(await ticked(page), chosen);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Send it now" }).click()]);
    await page.goto(url);
    assert.deepEqual(await ticked(page), chosen, "it is stored");
    await page.context().close();
  });

  test(`a note to the author outlives the session, ${how} scripts`, async () => {
    const { page, login } = await newcomer(`Rolf Remark ${how}`, { script });
    const place = `${COURSE}/say-what-happened`;
    const words = "The example <b>names</b> no sum & no day.";
    await page.goto(place);
    await page.locator("details.remark summary").click();
    await page.locator("details.remark textarea").fill(words);
    await endSessions(login);
    await page.locator('form[action="/do/remark"] button').click();
    await page.waitForURL(/\/sign-in/);
    await signIn(page, login);
    assert.equal(new URL(page.url()).pathname, place);
    assert.equal(await page.locator("details.remark textarea").inputValue(), words);
    assert.equal(await page.locator(".unsent blockquote").innerText(), words);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Send it now" }).click()]);
    assert.match(await page.locator("main").innerText(), /It has reached the people who wrote this course/);
    await page.context().close();
  });

  test(`what HR writes outlives the session, ${how} scripts`, async () => {
    const page = await here.open("hr", { script });
    await page.goto("/people/new");
    await page.locator('[name="name"]').fill(`Zoë Kept ${how}`);
    await page.locator('[name="email"]').fill(`zoe.kept.${how}@work.example`);
    // Signed out in another tab of the same browser.
    const tab = await page.context().newPage();
    await tab.goto("/");
    await tab.locator(".menu summary").click();
    await Promise.all([tab.waitForURL(/sign-in/), tab.locator('form[action="/do/sign-out"] button').click()]);
    await page.locator('form[action="/do/add-person"] button').first().click();
    await page.waitForURL(/\/sign-in/);
    await signIn(page, "hr@demo.example", process.env.COLLOQUY_DEMO_PASSWORD ?? "a lantern over quiet water");
    assert.equal(new URL(page.url()).pathname, "/people/new");
    assert.equal(await page.locator('.form [name="name"]').first().inputValue(), `Zoë Kept ${how}`);
    await Promise.all([page.waitForURL(/\/link/), page.getByRole("button", { name: "Send it now" }).click()]);
    assert.match(await page.locator("main").innerText(), new RegExp(`Zoë Kept ${how}`));
    await page.context().close();
    // The session of this role is over for the tests to come.
    const again = await here.open(null);
    await again.goto("/sign-in");
    await signIn(again, "hr@demo.example", process.env.COLLOQUY_DEMO_PASSWORD ?? "a lantern over quiet water");
    here.states.hr = await again.context().storageState();
    await again.context().close();
  });
}
