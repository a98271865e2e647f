// Every page there is, in one table: for screenshots, axe, widths and the run without scripts.
//
// `role` is a demonstration account, or null for a stranger. `path` is an address, or a function that finds one: it gets
// `get(path)`, which fetches HTML as that person, and returns an address, or null where the demonstration has none.

/** The first link on a page whose address matches. */
const linkOn = (path, pattern) => async (get) => {
  const html = await get(path);
  const found = [...html.matchAll(/href="([^"#]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
  return found.find((href) => pattern.test(href)) ?? null;
};

const COURSE = "/courses/working-with-people-outside";

export const PAGES = [
  { name: "sign-in", role: null, path: "/sign-in" },
  { name: "forgotten", role: null, path: "/forgotten" },
  { name: "link-over", role: null, path: "/welcome/gone", status: 404 },
  { name: "not-found", role: "learner", path: "/no-such-page", status: 404 },

  { name: "home", role: "learner", path: "/" },
  { name: "courses", role: "learner", path: "/courses" },
  { name: "course", role: "learner", path: COURSE },

  { name: "home-trainer", role: "trainer", path: "/" },
  { name: "authoring", role: "trainer", path: "/authoring" },

  { name: "home-manager", role: "manager", path: "/" },
  { name: "tracking-manager", role: "manager", path: "/tracking" },

  { name: "home-hr", role: "hr", path: "/" },
  { name: "tracking-hr", role: "hr", path: "/tracking" },
  { name: "people", role: "hr", path: "/people" },
  { name: "person", role: "hr", path: linkOn("/people", /^\/people\/[0-9a-f-]{36}$/) },
  { name: "groups", role: "hr", path: "/groups" },
  { name: "group", role: "hr", path: linkOn("/groups", /^\/groups\/[0-9a-f-]{36}$/) },

  { name: "home-admin", role: "admin", path: "/" },
  { name: "site", role: "admin", path: "/site" },
];

/** The address of a row, asking the server where needed. `cookie` is that of the row's person. */
export async function address(row, url, cookie) {
  if (typeof row.path === "string") return row.path;
  const get = async (path) => {
    const answer = await fetch(new URL(path, url), { headers: cookie ? { cookie } : {} });
    return answer.text();
  };
  return row.path(get);
}
