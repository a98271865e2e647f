// New people, without a browser.

import { decode } from "./canary.mjs";
import { formOn, post, signInByForm } from "./http.mjs";

/** What new people choose as their password. */
export const NEW_PASSWORD = "a lighthouse in the fog";

/** Adds learners as HR does and lets each follow their link; gives `{ login, cookie }` of each. */
export async function newcomers(url, names) {
  const hr = await signInByForm(url, "hr");
  const found = [];
  for (const name of names) {
    const login = `${name.toLowerCase().replace(/\W+/g, ".")}@new.example`;
    const person = { name, email: login, "roles[]": "learner", locale: "en", zone: "Europe/Berlin" };
    const added = await post(url, "/do/add-person", person, hr);
    const page = await fetch(new URL(added.headers.get("location"), url), { headers: { cookie: hr } });
    const link = /\/welcome\/\w+/.exec(await page.text())?.[0];
    if (!link) throw new Error(`no link for ${name}: ${added.status} ${added.headers.get("location")}`);
    const welcome = await fetch(new URL(link, url));
    const form = formOn(await welcome.text(), /set-password/);
    const arrived = await post(url, form.action, { ...form.hidden, password: NEW_PASSWORD });
    const cookie = arrived.headers.getSetCookie().map((one) => one.split(";")[0]).find((one) => one.startsWith("session="));
    if (!cookie) throw new Error(`${name} could not come in: ${arrived.status} ${arrived.headers.get("location")}`);
    found.push({ login, cookie });
  }
  return found;
}

/** The facts about the organisation, as trainers see them. */
export async function siteFacts(url) {
  const page = await fetch(new URL("/site/facts", url), { headers: { cookie: await signInByForm(url, "trainer") } });
  const fields = [...(await page.text()).matchAll(/name="fact\[(\w+)\]" value="([^"]*)"/g)];
  if (fields.length === 0) throw new Error("no facts on /site/facts");
  return Object.fromEntries(fields.map(([, name, value]) => [name, decode(value)]));
}
