// Signing in and out, with scripts and without.

import assert from "node:assert/strict";
import test from "node:test";
import { axe } from "../lib/axe.mjs";
import { signIn } from "../lib/browser.mjs";
import { ROLES, signInByForm } from "../lib/http.mjs";
import { site } from "../lib/site.mjs";

const here = site({ roles: [] });

for (const role of ROLES) {
  for (const script of [true, false]) {
    test(`${role} signs in ${script ? "with" : "without"} scripts`, async () => {
      const page = await here.open(null, { script });
      await signIn(page, role);
      assert.equal(new URL(page.url()).pathname, "/");
      assert.equal(await page.locator("h1").count(), 1);
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });
  }
}

test("a wrong password is said beside the form, and nothing more", async () => {
  const page = await here.open(null);
  await page.goto("/sign-in");
  await page.locator('[name="login"]').fill("learner@demo.example");
  await page.locator('[name="password"]').fill("certainly not this one");
  await page.locator('[name="password"]').press("Enter");
  await page.waitForLoadState();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.equal(await page.locator('[name="login"]').inputValue(), "learner@demo.example");
  assert.equal(await page.locator('[name="password"]').inputValue(), "");
  await axe(page, "the refused sign-in");
  await page.context().close();
});

test("a password can be looked at, and is sent as one", async () => {
  const page = await here.open(null);
  await page.goto("/sign-in");
  const password = page.locator('[name="password"]');
  await page.locator('[name="login"]').fill("learner@demo.example");
  await password.fill("certainly not this one");
  await page.getByRole("button", { name: "Show password" }).click();
  assert.equal(await password.getAttribute("type"), "text");
  await axe(page, "the sign-in with its password shown");
  await page.getByRole("button", { name: "Hide password" }).click();
  assert.equal(await password.getAttribute("type"), "password");
  assert.equal(await password.inputValue(), "certainly not this one");
  await page.getByRole("button", { name: "Show password" }).click();
  await password.press("Enter");
  await page.waitForLoadState();
  assert.equal(await page.locator('[name="password"]').getAttribute("type"), "password");
  assert.deepEqual(page.problems, []);
  await page.context().close();
  const plain = await here.open(null, { script: false });
  await plain.goto("/sign-in");
  assert.equal(await plain.getByRole("button", { name: "Show password" }).count(), 0);
  await plain.context().close();
});

test("a page asked for before signing in comes after it", async () => {
  const page = await here.open(null);
  await page.goto("/courses");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await page.locator('[name="login"]').fill("learner@demo.example");
  await page.locator('[name="password"]').fill(process.env.COLLOQUY_DEMO_PASSWORD ?? "a lantern over quiet water");
  await page.locator('[name="password"]').press("Enter");
  await page.waitForURL("**/courses");
  await page.context().close();
});

test("sign-in works by keyboard alone", async () => {
  const page = await here.open(null);
  await page.goto("/sign-in");
  const reach = async (name) => {
    for (let presses = 0; presses < 30; presses += 1) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute("name"))) === name) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not reach ${name}`);
  };
  await reach("login");
  await page.keyboard.type("learner@demo.example");
  await reach("password");
  await page.keyboard.type(process.env.COLLOQUY_DEMO_PASSWORD ?? "a lantern over quiet water");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await page.context().close();
});

test("a session works without a browser too, and a stranger gets none", async () => {
  const cookie = await signInByForm(here.server.url, "learner");
  const mine = await fetch(here.server.url, { headers: { cookie }, redirect: "manual" });
  assert.equal(mine.status, 200);
  const theirs = await fetch(here.server.url, { redirect: "manual", headers: { accept: "text/html" } });
  assert.equal(theirs.status, 303, "a browser is taken to the sign-in page");
  const program = await fetch(here.server.url, { redirect: "manual" });
  assert.equal(program.status, 401, "a program is told so");
});
