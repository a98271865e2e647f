// Going through a page by the keyboard alone, as somebody does who sees where they are.

import assert from "node:assert/strict";

/** What is wrong with how the focus shows, in words; null when one sees where one is. Runs in the page. */
function howFocusShows() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const name = `${at.localName} “${(at.labels?.[0] ?? at).textContent.trim().slice(0, 50)}”`;
  // A choice inside its line shows the focus on the whole line, a title's link on the whole card.
  const carriers = [[at, null], [at, "::after"], ...(at.matches("label > input") ? [[at.parentElement, null]] : [])];
  const outlined = carriers.find(([element, pseudo]) => {
    const style = getComputedStyle(element, pseudo);
    const drawn = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
    const clear = /^rgba\(.*, 0\)$|\/ 0\)$|^transparent$/.test(style.outlineColor);
    return (!pseudo || style.content !== "none") && drawn && !clear;
  });
  if (!outlined) return `${name} has the focus and no outline`;
  const boxes = [...outlined[0].getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  if (boxes.length === 0) return `${name} has the focus and no size`;
  const seen = boxes.some((box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top && (outlined[0].contains(top) || top.contains(at));
  });
  return seen ? null : `${name} has the focus, and is out of sight or covered`;
}

/** Fails unless whatever has the focus can be seen, with its outline; waits a moment for what still moves. */
async function assertFocusShows(page) {
  let problem = null;
  for (let wait = 0; wait < 10; wait += 1) {
    problem = await page.evaluate(howFocusShows);
    if (problem === null) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`${problem} on ${page.url()}`);
}

/** One key; afterwards one must see where one is. */
export async function press(page, key) {
  await page.keyboard.press(key);
  await assertFocusShows(page);
}

/** Presses Tab until the locator's element has the focus, at most so often; gives how often that was. */
export async function tabTo(page, locator, most = 60) {
  const wanted = await locator.elementHandle();
  const passed = [];
  for (let count = 0; ; count += 1) {
    const at = await wanted.evaluate((element) =>
      element === document.activeElement ? true : document.activeElement.textContent.trim().slice(0, 30),
    );
    if (at === true) return count;
    if (count > 0) passed.push(at || "…");
    if (count === most) break;
    await press(page, "Tab");
  }
  return assert.fail(`${locator} does not get the focus on ${page.url()}; passed: ${passed.join(" | ")}`);
}

/** Tabs to a link or button and presses Enter; waits until another page has loaded. Gives how many stops there were. */
export async function follow(page, locator) {
  const stops = await tabTo(page, locator);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  return stops;
}

const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Chooses one of a group of radio buttons: Tab into the group, then Space or the arrows. `index` counts its buttons. */
export async function chooseRadio(page, group, index) {
  const radios = await group.elementHandles();
  const inside = async () => (await Promise.all(radios.map(hasFocus))).includes(true);
  for (let count = 0; count < 30 && !(await inside()); count += 1) await press(page, "Tab");
  const wanted = group.nth(index);
  if (await hasFocus(wanted)) await press(page, "Space");
  for (let step = 0; step < radios.length && !(await hasFocus(wanted)); step += 1) await press(page, "ArrowDown");
  assert.ok(await wanted.isChecked(), `the arrows reach every choice of ${group}`);
}
