// Playing a conversation as a person does: reading, choosing, until it is over. Where the reply is free, the author's are chosen.

/** What the learner has said or done so far. */
export const OWN = ".line-me, .line-did";

/** Whether a choice becomes a mail that has to be sent: where scripts run, and it is said and not done. */
export async function isDrafted(page, choice) {
  const scripted = (await page.locator("html[data-islands=ready]").count()) > 0;
  const mail = (await page.locator(".talk").last().and(page.locator(".talk-email")).count()) > 0;
  return scripted && mail && (await choice.locator(".sign").count()) === 0;
}

/** Takes a choice and, where it becomes a mail first, sends that. */
export async function choose(page, choice) {
  const drafted = await isDrafted(page, choice);
  await choice.click();
  if (drafted) await page.locator(".draft button").first().click();
}

/**
 * The choices as they stand on the page, ordered by their words: every run shuffles them, and a test that counted from the
 * top would play another conversation each time.
 */
async function byWords(choices) {
  const texts = await choices.allInnerTexts();
  const places = texts.map((text, place) => ({ text, place }));
  places.sort((one, other) => (one.text < other.text ? -1 : 1));
  return places.map(({ place }) => choices.nth(place));
}

/**
 * Chooses until the conversation has ended; `pick(count, turn)` gives the position of the choice among the offered ones in
 * alphabetical order. Gives the number of turns.
 */
export async function play(page, pick = (count, turn) => turn % count) {
  const over = page.locator(".ending, .debrief");
  const choices = page.locator("form.choices button.choice");
  for (let turn = 0; turn < 60; turn += 1) {
    const instead = page.locator(".instead summary");
    await over.or(choices).or(instead).first().waitFor();
    if ((await over.count()) > 0) return turn;
    if ((await instead.count()) > 0) await instead.click();
    const offered = await byWords(choices);
    const choice = offered[pick(offered.length, turn) % offered.length];
    const mine = await page.locator(OWN).count();
    const scripted = await page.locator("html[data-islands=ready]").count();
    if (scripted > 0) {
      await choose(page, choice);
      await page.waitForFunction(
        ([before, own]) =>
          document.querySelector(".ending, .debrief, .notice-bad") !== null ||
          (document.querySelectorAll(own).length > before &&
            document.querySelector("form.choices button.choice:not([disabled])") !== null),
        [mine, OWN],
      );
    } else {
      await Promise.all([page.waitForEvent("load"), choice.click()]);
    }
  }
  throw new Error("the conversation does not end");
}
