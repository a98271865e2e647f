// Every page there is, in one table: for screenshots, axe, widths and the run without scripts.
//
// `role` is a demonstration account, or null for a stranger. `path` is an address, or a function that finds one: it gets
// `get(path)`, which fetches HTML as that person, and `send(path, form)`, which posts a form and gives the address it leads
// to; it returns an address, or null where the demonstration has none.

/** The first link on a page whose address matches. */
const linkOn = (path, pattern) => async (get) => {
  const html = await get(path);
  const found = [...html.matchAll(/href="([^"#]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
  return found.find((href) => pattern.test(href)) ?? null;
};

const COURSE = "/courses/working-with-people-outside";
const ID = "[0-9a-f-]{36}";

/** A page of the course's live version, for trainers. */
const version = (rest) => async (get) => {
  const base = "/authoring/working-with-people-outside";
  const found = await linkOn(base, new RegExp(`^${base}/${ID}(/|$)`))(get);
  return found ? found.match(new RegExp(`^${base}/${ID}`))[0] + rest : null;
};

/** The plays of a conversation beside those of the version before, which one course of the demonstration has. */
const beside = async (get) => {
  const base = "/authoring/in-the-working-day";
  const found = await linkOn(base, new RegExp(`^${base}/${ID}$`))(get);
  return found && linkOn(`${found}/a/saturdays-rumour-public/insight`, /[?&]against=/)(get);
};

/** The question before somebody who was just added is removed, beside somebody who stays. */
const removal = async (get, send) => {
  const stays = new RegExp(`/people/(${ID})/edit`).exec(await get("/people"))[1];
  const email = `${crypto.randomUUID()}@new.example`;
  const person = { name: "Ada By Mistake", email, "roles[]": "learner", locale: "en", zone: "Europe/Berlin" };
  const added = await send("/do/add-person", new URLSearchParams(person));
  const goes = new RegExp(`^/people/(${ID})/link`).exec(added)?.[1];
  return goes ? `/people/remove?${new URLSearchParams([["person[]", stays], ["person[]", goes]])}` : null;
};

/** The page that shows what was taken over of a story. */
const imported = (text) => async (get, send) => {
  const form = new FormData();
  form.set("text", text);
  return send("/authoring/import", form);
};

export const PAGES = [
  { name: "sign-in", role: null, path: "/sign-in" },
  { name: "forgotten", role: null, path: "/forgotten" },
  { name: "link-over", role: null, path: "/welcome/gone", status: 404 },
  { name: "not-found", role: "learner", path: "/no-such-page", status: 404 },
  { name: "verify", role: null, path: "/verify" },
  { name: "verify-unknown", role: null, path: "/verify/unknown", status: 404 },

  { name: "home", role: "learner", path: "/" },
  { name: "courses", role: "learner", path: "/courses" },
  { name: "course", role: "learner", path: COURSE },
  { name: "lesson", role: "learner", route: "/courses/:slug/a/:activity", path: `${COURSE}/a/public-or-private` },
  { name: "lesson-done", role: "learner", path: `${COURSE}/a/say-what-happened` },
  { name: "quiz-start", role: "learner", path: `${COURSE}/a/first-words-quiz` },
  { name: "conversation-ended", role: "learner", path: `${COURSE}/a/late-parcel-public` },
  { name: "conversation-start", role: "learner", path: `${COURSE}/a/partner-list` },
  { name: "conversation-assessed", role: "learner", path: `${COURSE}/a/angry-email` },
  { name: "acknowledgement", role: "learner", path: `${COURSE}/a/what-i-will-do` },
  {
    name: "debrief",
    role: "learner",
    route: "/courses/:slug/a/:activity/result",
    path: linkOn(`${COURSE}/a/late-parcel-public`, /\/result\?run=/),
  },
  { name: "example", role: "learner", route: "/courses/:slug/a/:activity/example", path: `${COURSE}/a/partner-list/example` },
  { name: "job-aid", role: "learner", path: `${COURSE}/job-aid` },
  { name: "receipt", role: "trainer", route: "/receipts/:id", path: linkOn("/", new RegExp(`^/receipts/${ID}$`)) },
  { name: "account", role: "learner", path: "/account" },
  { name: "recorded", role: "learner", path: "/recorded" },

  { name: "home-trainer", role: "trainer", path: "/" },
  { name: "gap-trainer", role: "trainer", path: "/gap" },
  { name: "authoring", role: "trainer", path: "/authoring" },
  { name: "upload", role: "trainer", path: "/authoring/upload" },
  { name: "import", role: "trainer", path: "/authoring/import" },
  {
    name: "import-draft",
    role: "trainer",
    route: "/authoring/import",
    path: imported(":: Start\n<<set $calm to true>>\nThe phone rings.\n[[Pick it up->Hello]]\n[[Let it ring]]\n\n:: Hello\nIt is Ines.\n\n:: Let it ring\nSilence.\n"),
  },
  { name: "decisions", role: "trainer", path: "/authoring/decisions" },
  { name: "authoring-course", role: "trainer", path: "/authoring/working-with-people-outside" },
  { name: "remarks", role: "trainer", route: "/authoring/:slug/remarks", path: "/authoring/working-with-people-outside/remarks" },
  { name: "version", role: "trainer", route: "/authoring/:slug/:version", path: version("") },
  { name: "guide", role: "trainer", route: "/authoring/:slug/:version/guide", path: version("/guide") },
  { name: "author-job-aid", role: "trainer", route: "/authoring/:slug/:version/job-aid", path: version("/job-aid") },
  { name: "preview", role: "trainer", route: "/authoring/:slug/:version/a/:activity", path: version("/a/late-parcel-phone") },
  {
    name: "insight",
    role: "trainer",
    route: "/authoring/:slug/:version/a/:activity/insight",
    path: version("/a/late-parcel-public/insight"),
  },
  { name: "insight-beside", role: "trainer", route: "/authoring/:slug/:version/a/:activity/insight", path: beside },
  { name: "preview-quiz", role: "trainer", path: version("/a/first-words-quiz") },

  { name: "home-manager", role: "manager", path: "/" },
  { name: "tracking-manager", role: "manager", path: "/tracking" },

  { name: "home-hr", role: "hr", path: "/" },
  { name: "tracking-hr", role: "hr", path: "/tracking" },
  { name: "assign", role: "hr", path: "/tracking/assign" },
  { name: "history", role: "hr", route: "/tracking/people/:id", path: linkOn("/tracking", new RegExp(`^/tracking/people/${ID}$`)) },
  { name: "gap", role: "hr", path: "/gap" },
  { name: "people", role: "hr", path: "/people" },
  { name: "people-new", role: "hr", path: "/people/new" },
  { name: "people-edit", role: "hr", route: "/people/:id/edit", path: linkOn("/people", new RegExp(`^/people/${ID}/edit$`)) },
  { name: "people-remove", role: "hr", route: "/people/remove", path: removal },
  { name: "people-remove-nobody", role: "hr", path: "/people/remove" },
  { name: "groups", role: "hr", path: "/groups" },
  { name: "group", role: "hr", route: "/groups/:id", path: linkOn("/groups", new RegExp(`^/groups/${ID}$`)) },

  { name: "home-admin", role: "admin", path: "/" },
  { name: "site", role: "admin", path: "/site" },
  { name: "site-facts", role: "admin", path: "/site/facts" },
  { name: "site-audit", role: "admin", path: "/site/audit" },
  { name: "site-security", role: "admin", path: "/site/security" },
  { name: "site-records", role: "admin", path: "/site/records" },
  { name: "setup", role: "admin", path: "/setup" },
  { name: "setup-course", role: "admin", route: "/setup/courses/:slug", path: "/setup/courses/working-with-people-outside" },
];

/** Routes without a row of their own, each with the reason. */
export const ELSEWHERE = {
  "/courses/:slug/a/:activity/review": "only while a quiz is under way; its journey looks at it",
  "/people/sheet": "the page after printing invitations; its journey looks at it",
  "/people/:id/link": "the page after making an invitation; its journey looks at it",
};

/** Whether a row shows a route of the router, such as `/groups/:id`. */
export function shows(row, route) {
  if (row.route) return row.route === route;
  const pattern = route.replace(/:[a-z_]+/g, "[^/]+");
  return typeof row.path === "string" && new RegExp(`^${pattern}$`).test(row.path);
}

/** The address of a row, asking the server where needed. `cookie` is that of the row's person. */
export async function address(row, url, cookie) {
  if (typeof row.path === "string") return row.path;
  const get = async (path) => {
    const answer = await fetch(new URL(path, url), { headers: cookie ? { cookie } : {} });
    return answer.text();
  };
  const send = async (path, body) => {
    const headers = { "sec-fetch-site": "same-origin", origin: url, ...(cookie ? { cookie } : {}) };
    const answer = await fetch(new URL(path, url), { method: "POST", redirect: "manual", headers, body });
    return answer.headers.get("location");
  };
  return row.path(get, send);
}
