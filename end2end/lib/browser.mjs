// Chromium, and contexts of every kind the pages must work in.

import { chromium } from "playwright-core";
import { PASSWORD } from "./server.mjs";
import { login } from "./http.mjs";

/** The widths every page is looked at, in CSS pixels. */
export const WIDTHS = [1280, 390];
export const THEMES = ["light", "dark"];

/** Starts a Chromium; close it with `.close()`. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  });
}

/**
 * A fresh context with a page. Options: `url` (of the server), `script` (default true), `width` (default 1280), `theme`
 * (default "light"), `calm` (reduced motion, default true), `state` (of `signIn`), and whatever Playwright takes.
 * `page.problems` collects what the browser complained about: errors in scripts and on the console, refused requests.
 */
export async function openPage(browser, options = {}) {
  const { url, script = true, width = 1280, theme = "light", calm = true, state, ...more } = options;
  const context = await browser.newContext({
    baseURL: url,
    javaScriptEnabled: script,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: theme,
    reducedMotion: calm ? "reduce" : "no-preference",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    storageState: state,
    ...more,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") page.problems.push(`request: ${request.url()} ${why}`);
  });
  return page;
}

/** Signs in with the form and returns the context's state, for further contexts of the same person. */
export async function signIn(page, role, password = PASSWORD) {
  await page.goto("/sign-in");
  await page.locator('[name="login"]').fill(login(role));
  await page.locator('[name="password"]').fill(password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith("/sign-in")),
    page.locator('form:has([name="password"]) button[type="submit"], form:has([name="password"]) button:not([type])').first().click(),
  ]);
  return page.context().storageState();
}

/** Waits until the islands of a page answer; returns at once on a page that has none. */
export async function islandsReady(page) {
  if ((await page.locator("leptos-island").count()) === 0) return;
  await page.locator("html[data-islands=ready]").waitFor({ state: "attached" });
}

/** How far the page scrolls sideways, in CSS pixels; should be 0. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
