// Names and logins as long as they may be, without a space to break at: no page scrolls sideways, and a receipt can be
// printed.

import assert from "node:assert/strict";
import test from "node:test";
import { overflow } from "../lib/browser.mjs";
import { site } from "../lib/site.mjs";
import { address, PAGES } from "../pages.mjs";

const here = site();

const SURNAME = "Wolfeschlegelsteinhausenbergerdorffs";
/** A4 less its margins, in CSS pixels. */
const PAPER = 672;

/** The longest name that begins with the first word of `name`. */
const long = (name) => `${name.split(" ")[0]} ${SURNAME.repeat(3)}`.slice(0, 100);

async function change(page, form, fields) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`${form} [name="${name}"]`).fill(value);
  await Promise.all([page.waitForEvent("load"), page.locator(`${form} button[type=submit], ${form} button:not([type])`).first().click()]);
  assert.equal(await page.locator(".error-summary").count(), 0, "the change was taken");
}

/** The links on a page whose addresses match. */
async function links(page, path, pattern) {
  await page.goto(path);
  const found = await page.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  return [...new Set(found.filter((href) => pattern.test(href)))];
}

test("everybody and every group gets a long name", async () => {
  const page = await here.open("admin");
  for (const path of await links(page, "/people", /^\/people\/[^/]+\/edit$/)) {
    await page.goto(path);
    const form = 'form[action="/do/edit-person"]';
    const email = await page.locator(`${form} [name=email]`).inputValue();
    // The accounts that the tests sign in with keep theirs.
    const login = /^\w+@demo/.test(email) ? email : `${"m".repeat(60)}${email.length}@${"w".repeat(60)}.${email.replace("@", ".")}`;
    await change(page, form, { name: long(await page.locator(`${form} [name=name]`).inputValue()), email: login });
  }
  for (const [index, path] of (await links(page, "/groups", /^\/groups\/[0-9a-f-]{36}$/)).entries()) {
    await page.goto(path);
    await change(page, 'form[action="/do/rename-group"]', { name: `${index}${"Kundenbeziehung".repeat(6)}`.slice(0, 80) });
  }
  await page.context().close();
});

for (const row of PAGES) {
  test(`${row.name} (${row.role ?? "a stranger"}) does not scroll sideways`, async () => {
    const path = await address(row, here.server.url, row.role ? here.cookie(row.role) : undefined);
    assert.ok(path, "the demonstration has such a page");
    for (const width of [360, 390, 1280]) {
      const page = await here.open(row.role, { width });
      await page.goto(path);
      assert.equal(await overflow(page), 0, `scrolls sideways by so many pixels at ${width}`);
      await page.context().close();
    }
  });
}

test("a receipt with a long name fits on paper", async () => {
  const row = PAGES.find(({ name }) => name === "receipt");
  const path = await address(row, here.server.url, here.cookie(row.role));
  const page = await here.open(row.role, { width: PAPER });
  await page.emulateMedia({ media: "print" });
  await page.goto(path);
  assert.equal(await overflow(page), 0);
  await page.locator(".receipt-name").evaluate((name, text) => (name.textContent = text), "W".repeat(100));
  assert.equal(await overflow(page), 0, "whatever the name");
  await page.context().close();
});
