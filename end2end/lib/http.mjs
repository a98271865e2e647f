// The site without a browser: sign-in by the plain form, cookies by hand.

import { PASSWORD } from "./server.mjs";

/** The demonstration accounts. */
export const ROLES = ["learner", "trainer", "manager", "hr", "admin"];

/** The e-mail address of a demonstration account. */
export const login = (role) => (role.includes("@") ? role : `${role}@demo.example`);

/** Where a form on a page goes, and its hidden fields. */
export function formOn(html, action = /sign-in/) {
  for (const [, attributes, body] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const target = unescape(/\baction="([^"]*)"/.exec(attributes)?.[1] ?? "");
    if (!action.test(target)) continue;
    const hidden = {};
    for (const [tag] of body.matchAll(/<input\b[^>]*>/g)) {
      if (!/\btype="hidden"/.test(tag)) continue;
      const name = /\bname="([^"]*)"/.exec(tag)?.[1];
      if (name) hidden[name] = unescape(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "");
    }
    return { action: target, hidden };
  }
  return null;
}

const unescape = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Sends a form the way a browser does from a page of the site itself; does not follow redirects. */
export function post(url, path, fields, cookie) {
  return fetch(new URL(path, url), {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
      origin: url,
      ...(cookie ? { cookie } : {}),
    },
    body: new URLSearchParams(fields),
  });
}

/** Signs in and returns the value of the Cookie header from then on. */
export async function signInByForm(url, role, password = PASSWORD) {
  const page = await fetch(new URL("/sign-in", url));
  const form = formOn(await page.text());
  if (!form) throw new Error("no sign-in form at /sign-in");
  const answer = await post(url, form.action, { ...form.hidden, login: login(role), password });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const where = answer.headers.get("location") ?? "";
  if (answer.status !== 303 || where.includes("/sign-in") || cookies.length === 0) {
    throw new Error(`${login(role)} could not sign in: ${answer.status} ${where}`);
  }
  return cookies.filter((cookie) => !cookie.endsWith("=")).join("; ");
}
