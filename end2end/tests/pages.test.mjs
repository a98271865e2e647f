// Every page of the table: it answers, axe finds nothing in either theme, nothing scrolls sideways, no style attribute,
// and it says the same without scripts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { islandsReady, overflow, THEMES } from "../lib/browser.mjs";
import { site } from "../lib/site.mjs";
import { ROOT } from "../lib/server.mjs";
import { address, ELSEWHERE, PAGES, shows } from "../pages.mjs";

const here = site();

test("every route of the router has a row", () => {
  const router = readFileSync(join(ROOT, "app/src/shell.rs"), "utf8");
  const routes = [...router.matchAll(/path!\("([^"]*)"\)/g)].map(([, route]) => route);
  assert.ok(routes.length > 5);
  const missing = routes.filter((route) => !(route in ELSEWHERE) && !PAGES.some((row) => shows(row, route)));
  assert.deepEqual(missing, []);
});

for (const row of PAGES) {
  test(`${row.name} (${row.role ?? "a stranger"})`, async (t) => {
    const cookie = row.role ? here.cookie(row.role) : undefined;
    const path = await address(row, here.server.url, cookie);
    assert.ok(path, "the demonstration has such a page");

    for (const theme of THEMES) {
      await t.test(`axe, ${theme}`, async () => {
        const page = await here.open(row.role, { theme });
        const answer = await page.goto(path);
        assert.equal(answer.status(), row.status ?? 200);
        await islandsReady(page);
        await axe(page, `${path} ${theme}`);
        const meant = (problem) => row.status && problem.includes(`status of ${row.status}`);
        assert.deepEqual(page.problems.filter((problem) => !meant(problem)), []);
        assert.equal(await page.locator("[style]").count(), 0, "no style attribute");
        await page.context().close();
      });
    }

    for (const width of [1280, 390, 320]) {
      await t.test(`${width} px wide`, async () => {
        const page = await here.open(row.role, { width });
        await page.goto(path);
        assert.equal(await overflow(page), 0, "scrolls sideways by so many pixels");
        await page.context().close();
      });
    }

    await t.test("without scripts", async () => {
      const page = await here.open(row.role, { script: false });
      const answer = await page.goto(path);
      assert.equal(answer.status(), row.status ?? 200);
      assert.equal(await page.locator("h1").count(), 1, "one heading of the first level");
      assert.equal(await page.locator("main").count(), 1, "one main landmark");
      await page.context().close();
    });
  });
}
