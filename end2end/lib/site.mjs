// One server, one browser and everybody signed in, for a file of tests.

import { after, before } from "node:test";
import { openPage, signIn, startBrowser } from "./browser.mjs";
import { ROLES, signInByForm } from "./http.mjs";
import { startServer } from "./server.mjs";

/** Sets up before the tests of the calling file and takes down after them. */
export function site(options = {}) {
  const here = {
    server: null,
    browser: null,
    states: {},
    /** A page of somebody (a role, or null for a stranger); see `openPage`. The test closes it: `page.context().close()`. */
    open(role, more = {}) {
      return openPage(here.browser, { url: here.server.url, state: role ? here.states[role] : undefined, ...more });
    },
    /** The Cookie header of a role, for requests without a browser. */
    cookie(role) {
      return here.states[role].cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    },
  };
  before(async () => {
    here.server = await startServer(options);
    here.browser = await startBrowser();
    for (const role of options.roles ?? ROLES) {
      const page = await openPage(here.browser, { url: here.server.url });
      here.states[role] = await signIn(page, role);
      await page.context().close();
    }
  });
  after(async () => {
    await here.browser?.close();
    await here.server?.stop();
  });
  return here;
}

export { signInByForm };
