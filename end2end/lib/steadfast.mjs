// A learner who talks and answers on and on, whatever happens to the server: a request without an answer is sent again as
// it was, and what was acknowledged is written down. Afterwards the server's pages must say the same.

import assert from "node:assert/strict";
import { bare, decode } from "./canary.mjs";
import { questionsOn, replyOn, unmarked } from "./forms.mjs";

/** The way to the server. While it is shut, requests wait. */
export class Gate {
  #opened;
  #open;
  #shut;
  inFlight = 0;
  /** Requests that got no answer. */
  cut = 0;
  acknowledged = 0;
  /** Whether learners should come to an end. */
  last = false;

  constructor() {
    this.shut();
  }

  shut() {
    this.#shut = true;
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  open(url) {
    this.url = url;
    this.#shut = false;
    this.#open();
  }

  /** Sends until there is a whole answer. */
  async send(path, init) {
    for (;;) {
      await this.#opened;
      this.inFlight += 1;
      try {
        const headers = { ...init.headers, "sec-fetch-site": "same-origin", origin: this.url };
        const answer = await fetch(new URL(path, this.url), { ...init, headers, redirect: "manual" });
        const body = await answer.text();
        if (init.method === "POST") this.acknowledged += 1;
        return { status: answer.status, location: answer.headers.get("location") ?? "", body };
      } catch (error) {
        // Only a server that is being killed may leave somebody without an answer.
        if (!this.#shut) throw error;
        this.cut += 1;
      } finally {
        this.inFlight -= 1;
      }
    }
  }
}

const SAID = /<div class="fold-pair"><blockquote class="said(?: said-did)?"><cite>[^<]*<\/cite>([\s\S]*?)<\/blockquote>/g;
const texts = (html, pattern) => [...html.matchAll(pattern)].map(([, text]) => bare(decode(text.replace(/<[^>]*>/g, " "))));
const spelled = (words) => bare(words.join(" "));

export class Learner {
  /** Plays of the conversation and attempts at the quiz, in order, as far as they were acknowledged. */
  runs = [];
  attempts = [];
  /** What was sent and not acknowledged yet: it may be there or not. */
  pending = null;

  constructor({ cookie, course, talk, quiz, dice, gate }) {
    Object.assign(this, { cookie, course, talk, quiz, dice, gate });
  }

  #get(path) {
    return this.gate.send(path, { method: "GET", headers: { cookie: this.cookie } });
  }

  #form(path, fields) {
    const headers = { cookie: this.cookie, "content-type": "application/x-www-form-urlencoded" };
    return this.gate.send(path, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  }

  #live(path, value) {
    const headers = { cookie: this.cookie, "content-type": "application/json" };
    return this.gate.send(path, { method: "POST", headers, body: JSON.stringify(value) });
  }

  async work() {
    while (!this.gate.last) await (this.dice.next() < 0.5 ? this.#talk() : this.#answer());
    if (this.attempts.at(-1)?.over === false) await this.#handIn(this.attempts.at(-1));
  }

  async #begin(what, path, activity) {
    this.pending = { what, acknowledged: false };
    const begun = await this.#form(path, { course: this.course.slug, activity: activity.id });
    assert.equal(begun.status, 303);
    this.pending.acknowledged = true;
  }

  async #talk() {
    const run = this.runs.at(-1);
    if (!run || run.over) {
      await this.#begin("run", "/do/start-run", this.talk);
      const reply = replyOn((await this.#get(this.talk.path)).body);
      this.runs.push({ id: reply.run, said: [], over: false, offers: reply.offers });
      this.pending = null;
      return;
    }
    run.offers ??= replyOn((await this.#get(this.talk.path)).body).offers;
    const offer = this.dice.one(run.offers);
    const [turn, text] = [run.said.length, bare(offer.text)];
    this.pending = { what: "turn", text };
    if (this.dice.next() < 0.5) {
      const { status, body } = await this.#live("/live/say", { run: run.id, turn, choice: offer.id });
      assert.equal(status, 200, body);
      const scene = JSON.parse(body);
      run.offers = scene.offers;
      run.over = scene.ended !== null;
      const mine = scene.entries.filter(({ who }) => who === "Me" || who === "Did").map((entry) => bare(entry.text));
      assert.deepEqual(mine, [...run.said, text], "the answer shows every reply once");
    } else {
      const fields = { run: run.id, turn: String(turn), choice: offer.id };
      const { status, location } = await this.#form("/do/take-turn", fields);
      assert.equal(status, 303);
      run.offers = null;
      run.over = location.includes("/result?");
    }
    run.said.push(text);
    this.pending = null;
  }

  async #answer() {
    const attempt = this.attempts.at(-1);
    if (!attempt || attempt.over) {
      await this.#begin("attempt", "/do/start-quiz", this.quiz);
      const count = this.quiz.quiz.items.length;
      const pages = [];
      for (let at = 1; at <= count; at += 1) pages.push((await this.#get(`${this.quiz.path}?q=${at}`)).body);
      const paper = pages.map((page) => ({ ...questionsOn(page), scale: ratingWords(unmarked(page)) }));
      this.attempts.push({ id: paper[0].hidden.attempt, paper, answers: {}, over: false });
      this.pending = null;
      return;
    }
    const given = Object.keys(attempt.answers).length;
    if (given === attempt.paper.length && this.dice.next() < 0.2) return void (await this.#handIn(attempt));
    const at = this.dice.below(attempt.paper.length);
    const { hidden, questions, scale } = attempt.paper[at];
    const { values, words } = this.#anyAnswer(questions[0], scale);
    this.pending = { what: "answer", at, words };
    if (this.dice.next() < 0.5) {
      const { status, body } = await this.#live("/live/answer", { attempt: attempt.id, item: questions[0].id, values, given: Date.now() });
      assert.equal(status, 200, body);
      assert.equal(body, "null", "the answer was taken");
    } else {
      const { status, location } = await this.#form("/do/answer", [...Object.entries(hidden), ...values]);
      assert.equal(status, 303);
      assert.doesNotMatch(location, /form=/, "the answer was taken");
    }
    attempt.answers[at] = words;
    this.pending = null;
  }

  #anyAnswer({ options, ratings }, scale) {
    if (ratings.length > 0) {
      const rated = ratings.map(({ name }) => [name, 1 + this.dice.below(4)]);
      const words = spelled(rated.map(([, value]) => scale[value - 1]));
      return { values: rated.map(([name, value]) => [name, String(value)]), words };
    }
    const many = new Set(options.map(({ name }) => name)).size > 1;
    const sure = this.dice.one(options);
    const chosen = options.filter((option) => option === sure || (many && this.dice.next() < 0.4));
    return { values: chosen.map(({ name, value }) => [name, value]), words: spelled(chosen.map(({ text }) => text)) };
  }

  async #handIn(attempt) {
    this.pending = { what: "hand-in" };
    const { status, location } = await this.#form("/do/submit-quiz", { attempt: attempt.id });
    assert.equal(status, 303);
    assert.ok(location.includes(`/result?attempt=${attempt.id}`), location);
    attempt.over = true;
    this.pending = null;
  }

  // ── What the server shows ───────────────────────────────────────────────────────────────────────────────────────────

  async #read(url, path) {
    const answer = await fetch(new URL(path, url), { redirect: "manual", headers: { cookie: this.cookie } });
    return { status: answer.status, body: unmarked(await answer.text()) };
  }

  /** Compares the open conversation and the open quiz; gives whether what was pending is there, where it can be told. */
  async check(url) {
    const came = [await this.#checkTalk(url), await this.#checkQuiz(url)];
    return came.includes(true);
  }

  async #checkTalk(url) {
    const { body } = await this.#read(url, this.talk.path);
    const said = texts(body, /<li(?: id="now")? class="(?:line line-me[^"]*">[\s\S]*?<p>|line-stage line-did"><b[^>]*>[^<]*<\/b>)([\s\S]*?)<\/(?:p|li)>/g);
    const id = replyOn(body)?.run ?? /href="[^"]*\/result\?run=([\w-]+)"/.exec(body)?.[1];
    const run = this.runs.at(-1);
    const { what, acknowledged, text } = this.pending ?? {};
    if (what === "run" && (acknowledged || id !== run?.id)) {
      assert.ok(id && this.runs.every((known) => known.id !== id), "the new play is there");
      assert.deepEqual(said, [], "nothing was said in it yet");
      return true;
    }
    if (!run) return assert.equal(id, undefined);
    assert.equal(id, run.id, "the play that was begun last");
    const more = what === "turn" && said.length > run.said.length;
    assert.deepEqual(said, more ? [...run.said, text] : run.said, "every acknowledged reply, once, and no other");
    return more;
  }

  async #checkQuiz(url) {
    const { status, body } = await this.#read(url, `${this.quiz.path}/review`);
    const attempt = this.attempts.at(-1);
    const { what, acknowledged, at, words } = this.pending ?? {};
    const rows = body.split('<li><span class="review-no">').slice(1);
    const shown = rows.map((row) => texts(row, /<span class="review-answer">([\s\S]*?)<\/span>/g)[0] ?? null);
    if (what === "attempt" && (acknowledged || status === 200)) {
      assert.equal(status, 200, "the new attempt is open");
      assert.ok(rows.length > 0 && shown.every((answer) => answer === null), "nothing is answered in it yet");
      return true;
    }
    if (status !== 200) {
      assert.ok(!attempt || attempt.over || what === "hand-in", "the attempt is still open");
      return what === "hand-in";
    }
    assert.ok(attempt && !attempt.over, "no attempt was begun that nobody asked for");
    const expected = attempt.paper.map((_, index) => attempt.answers[index] ?? null);
    const came = what === "answer" && expected[at] !== words && shown[at] === words;
    if (came) expected[at] = words;
    assert.deepEqual(shown, expected, "every acknowledged answer, and no other");
    return came;
  }

  /** Compares everything that is over: each play once with its replies, each attempt once with its answers. */
  async checkHistory(url) {
    const listed = async (path, pattern) => {
      const { body } = await this.#read(url, path);
      return [...new Set([...body.matchAll(pattern)].map(([, id]) => id))].sort();
    };
    const over = (list) => list.filter((one) => one.over);
    const ids = (list) => over(list).map(({ id }) => id).sort();
    assert.deepEqual(await listed(this.talk.path, /href="[^"]*\/result\?run=([\w-]+)"/g), ids(this.runs), "every play, once");
    const attempts = await listed(this.quiz.path, /href="[^"]*\/result\?attempt=([\w-]+)"/g);
    assert.deepEqual(attempts, ids(this.attempts), "every attempt, once");
    for (const { id, said } of over(this.runs)) {
      const { body } = await this.#read(url, `${this.talk.path}/result?run=${id}`);
      assert.deepEqual(texts(body, SAID), said, "every reply of a play that is over, once, and no other");
    }
    for (const { id, paper, answers } of over(this.attempts)) {
      const { body } = await this.#read(url, `${this.quiz.path}/result?attempt=${id}`);
      const shown = body.split('<li class="question">').slice(1).map(resultWords);
      const given = paper.map((_, index) => answers[index] ?? bare(""));
      assert.deepEqual(shown, given, "every answer that was handed in, and no other");
    }
  }
}

/** The four words of a judgement's scale, from a page that asks for one. */
const ratingWords = (page) => {
  const [, first = ""] = page.split('<fieldset class="rate">');
  return [...first.matchAll(/value="\d"[^>]*>\s*<span>([^<]*)<\/span>/g)].map(([, words]) => words);
};

/** What was answered, from one question of a result. */
function resultWords(part) {
  const options = part.split(/<div class="option option-\w+">/).slice(1);
  const verdicts = options.map((option) => ({
    text: decode(/<div>([\s\S]*?)<\/div>/.exec(option)[1].replace(/<[^>]*>/g, " ")),
    verdict: decode(/<p class="option-verdict">([\s\S]*?)<\/p>/.exec(option)?.[1] ?? ""),
  }));
  const rated = verdicts.map(({ verdict }) => /^You said: ([^.]+)\./.exec(verdict)?.[1]);
  if (rated.some(Boolean)) return spelled(rated.map((words) => words ?? ""));
  return spelled(verdicts.filter(({ verdict }) => /^You (?:chose|ticked)/.test(verdict)).map(({ text }) => text));
}
