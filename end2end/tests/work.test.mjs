// The main jobs of those who are not there to learn: HR assigns and exports, a manager sees the own team, a trainer puts a
// course there, an admin fills in the facts; with scripts and without.

import assert from "node:assert/strict";
import { writeFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { site } from "../lib/site.mjs";

const here = site();
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const submit = (page, form) => Promise.all([page.waitForEvent("load"), page.locator(`${form} button[type=submit]`).first().click()]);

for (const script of [true, false]) {
  const how = script ? "with" : "without";

  test(`HR assigns a course, finds who is late and exports what is shown, ${how} scripts`, async () => {
    const page = await here.open("hr", { script });
    await page.goto("/tracking/assign?to=everyone");
    const form = 'form[action="/do/assign"]';
    await page.locator(`${form} [name=course]`).selectOption({ label: "Working with people outside" });
    await page.locator(`${form} [name=due]`).fill(day(21));
    await submit(page, form);
    assert.equal(await page.locator(".error-summary").count(), 0);
    await page.goto("/tracking?status=overdue");
    const late = await page.locator("tbody tr").count();
    assert.ok(late > 0, "somebody is late");
    const csv = await fetch(new URL("/tracking/export.csv?status=overdue", here.server.url), { headers: { cookie: here.cookie("hr") } });
    const lines = (await csv.text()).trim().split("\r\n");
    assert.equal(lines.length - 1, late, "the file has the rows of the page");
    if (script) await axe(page, `the overview`);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`a manager sees the own team and nobody else, ${how} scripts`, async () => {
    const page = await here.open("manager", { script });
    await page.goto("/tracking");
    const names = await page.locator("tbody th").allInnerTexts();
    assert.ok(names.some((name) => name.includes("Amara Nwosu")), names.join());
    assert.ok(!names.some((name) => name.includes("Hugo Almeida")), names.join());
    await page.locator("tbody th a").first().click();
    await page.waitForLoadState();
    assert.match(page.url(), /\/tracking\/people\//);
    await page.context().close();
  });

  test(`a trainer downloads a course, uploads it, and publishes it, ${how} scripts`, async () => {
    const page = await here.open("trainer", { script });
    await page.goto("/authoring/working-with-people-outside");
    const href = await page.locator('a[href$="/export.zip"]').first().getAttribute("href");
    const zip = await fetch(new URL(href, here.server.url), { headers: { cookie: here.cookie("trainer") } });
    assert.equal(zip.status, 200);
    const folder = await mkdtemp(join(tmpdir(), "colloquy-"));
    const good = join(folder, "course.zip");
    const bad = join(folder, "notes.zip");
    await writeFile(good, Buffer.from(await zip.arrayBuffer()));
    await writeFile(bad, "these are my notes");
    const form = 'form[action="/authoring/upload"]';
    await page.goto("/authoring/upload");
    await page.locator(`${form} [type=file]`).setInputFiles(bad);
    await submit(page, form);
    assert.match(await page.locator("main").innerText(), /zip/i, "what is wrong is said");
    await page.goto("/authoring/upload");
    await page.locator(`${form} [type=file]`).setInputFiles(good);
    await submit(page, form);
    await page.goto("/authoring/working-with-people-outside");
    const control = page.locator('details:has(form[action="/do/publish"])').first();
    await control.locator("summary").click();
    await Promise.all([page.waitForEvent("load"), control.locator('form[action="/do/publish"] button').click()]);
    assert.match(await page.locator("main").innerText(), /Version 2|Version 3/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`an admin changes a fact, and the course says it, ${how} scripts`, async () => {
    const page = await here.open("admin", { script });
    await page.goto("/site/facts");
    await page.getByLabel("Name of the organisation").fill(`Kite & Kettle ${how}`);
    await submit(page, 'form[action="/do/set-facts"]');
    await page.goto("/site/facts");
    assert.equal(await page.getByLabel("Name of the organisation").inputValue(), `Kite & Kettle ${how}`);
    await page.context().close();
  });
}

test("the pseudo-locale shows that every text comes from the catalogue", async () => {
  const page = await here.open("hr", { locale: "en-XA", extraHTTPHeaders: { "accept-language": "en-XA" } });
  for (const path of ["/", "/tracking", "/people", "/groups", "/account", "/recorded"]) {
    await page.goto(path);
    const plain = await page.evaluate(() => {
      const words = ["the", "and", "you", "your", "with", "all"];
      // What authors and people wrote is not in the catalogue: the title of the course to go on with.
      const ours = "h1, h2, label, button, th[scope=col], .app-nav a, .app-footer a";
      const texts = [...document.querySelectorAll(ours)].filter((it) => !it.matches(".resume h2, tbody *, option"));
      return texts.map((it) => it.textContent.trim()).filter((text) => text.split(/\s+/).some((word) => words.includes(word.toLowerCase())));
    });
    assert.deepEqual(plain, [], path);
  }
  await page.context().close();
});
