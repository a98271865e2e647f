// Looks for authored texts in what a server sent, however they are spelled there.

const NAMED = { quot: '"', apos: "'", lt: "<", gt: ">", nbsp: " ", amp: "&" };

/** A text without the spelling of HTML. */
export const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(quot|apos|lt|gt|nbsp|amp));/gi, (_, hex, number, name) =>
    name ? NAMED[name.toLowerCase()] : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(number)),
  );

/** A text without the spelling of JSON strings. */
const unescape = (text) =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))).replace(/\\[nrt]/g, " ");

/** Words and numbers alone, one space between and around: the same for every way to write quotes, emphasis and tags. */
export const bare = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase()} `;

/** How many letters of a text are enough to know it by. */
const ENOUGH = 41;
/** Shorter ones are found by accident. */
const TOO_SHORT = 14;

/** What to look for to find a text; nothing when it is too short to be told from other texts. */
export function needle(text) {
  const words = bare(text);
  return words.length < TOO_SHORT ? null : words.slice(0, ENOUGH);
}

/** A body as it is searched: with what stands in attributes and scripts, and as one reads it. A space that does not break is a space. */
export function haystack(body) {
  const whole = unescape(decode(body)).replaceAll("\u00a0", " ");
  return { whole, words: bare(whole), read: bare(decode(body.replace(/<[^>]*>/g, " "))) };
}

/** Which of the secrets (`{ what, text }`, or `{ what, exact }` for signs as they stand) are in a haystack. */
export const found = (secrets, hay) =>
  secrets.filter(({ text, exact }) => {
    if (exact !== undefined) return hay.whole.includes(exact);
    const word = needle(text);
    return word !== null && (hay.words.includes(word) || hay.read.includes(word));
  });

/** A signed-in person's requests; every answer is kept, to be searched. */
export class Visit {
  constructor(url, cookie) {
    Object.assign(this, { url, cookie, seen: [], count: 0 });
  }

  async #keep(what, answer) {
    const body = await answer.text();
    const headers = decodeURIComponent(JSON.stringify([...answer.headers]));
    this.seen.push({ what, body, hay: haystack(`${headers}\n${body}`) });
    this.count += 1;
    return { status: answer.status, body, location: answer.headers.get("location") };
  }

  async get(path) {
    return this.#keep(path, await fetch(new URL(path, this.url), { redirect: "manual", headers: { cookie: this.cookie } }));
  }

  /** Sends a form. */
  send(path, fields) {
    return this.#post(path, "application/x-www-form-urlencoded", new URLSearchParams(fields));
  }

  /** Calls the server as an island does. */
  live(path, value) {
    return this.#post(path, "application/json", JSON.stringify(value));
  }

  async #post(path, type, body) {
    const headers = { cookie: this.cookie, "content-type": type, "sec-fetch-site": "same-origin", origin: this.url };
    return this.#keep(path, await fetch(new URL(path, this.url), { method: "POST", redirect: "manual", headers, body }));
  }

  /** What was seen since the last time this was asked. */
  take() {
    return this.seen.splice(0);
  }
}

/** Fails when any secret is in any of the answers, and says which and where. */
export function refuse(secrets, answers) {
  const tell = (secret, where) => `${secret.what}: ${secret.text ?? secret.exact}\n    in ${where}`;
  const leaks = answers.flatMap(({ what, hay }) => found(secrets, hay).map((secret) => tell(secret, what)));
  if (leaks.length > 0) throw new Error(`${leaks.length} texts came too early:\n  ${leaks.slice(0, 12).join("\n  ")}`);
}
