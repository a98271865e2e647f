// What a learner may not know yet is in no answer of the server: for every conversation and every quiz that is shipped,
// over HTTP, searching whole bodies and headers for the authored texts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { bare, decode, found, haystack, needle, refuse, Visit } from "../lib/canary.mjs";
import { courses, fill } from "../lib/course.mjs";
import { answerTo, questionsOn, replyOn } from "../lib/forms.mjs";
import { formOn } from "../lib/http.mjs";
import { newcomers, siteFacts } from "../lib/people.mjs";
import { begin, offered, say, wayThrough } from "../lib/scenario.mjs";
import { colloquy, startServer } from "../lib/server.mjs";

const COURSES = courses();
const ASSESSED_ATTEMPTS = 3;
let server;
let facts;
/** Learners who have begun nothing: one for each way through a conversation, and two more. */
let people;

before(async () => {
  server = await startServer();
  people = await newcomers(server.url, ["First Reader", "Second Reader", "Third Reader", "Fourth Reader"]);
  facts = await siteFacts(server.url);
  for (const { slug, folder, path } of COURSES) {
    const there = await new Visit(server.url, people[0].cookie).get(path);
    if (there.status === 200) continue;
    for (const words of [["import", folder], ["publish", slug]]) {
      const { code, err, out } = await colloquy(["course", ...words, "--data", server.data]);
      assert.equal(code, 0, `${words.join(" ")}: ${err}${out}`);
    }
  }
});
after(() => server?.stop());

const authored = (what, text) => ({ what, text: fill(text, facts) });

/** A rating as a debrief spells it. */
const ratingWords = (course, [id, value]) => `${course.competencies[id]} ${value > 0 ? "+" : ""}${String(value).replace("-", "\u2212")}`;

/** What only a debrief may say: reasons, takeaways, conditions, ratings, blockers; and examples of free replies, which nobody sees. */
function verdicts(course, scenario) {
  const nodes = Object.values(scenario.nodes);
  const outcomes = nodes.flatMap((node) => [...node.choices, ...(node.timer ? [node.timer] : [])]);
  const exact = (what, list) => [...new Set(list)].map((text) => ({ what, exact: text }));
  const conditions = [...nodes.flatMap((node) => node.jumps), ...outcomes].map(({ condition }) => condition).filter(Boolean);
  const rated = outcomes.flatMap(({ ratings }) => Object.entries(ratings));
  return [
    ...outcomes.filter(({ why }) => why).map(({ why }) => authored("reason", why)),
    ...outcomes.flatMap(({ says = [] }) => says.map((text) => authored("example", text))),
    ...nodes.filter(({ debrief }) => debrief).map(({ debrief }) => authored("takeaway", debrief)),
    // A single word is a condition too, but not one that could be told from other text.
    ...exact("condition", conditions.map((text) => (/\W/.test(text) ? text : `[${text}]`))),
    ...exact("rating", rated.map((rating) => ratingWords(course, rating))),
    ...exact("blocker", outcomes.flatMap(({ blockers }) => blockers)),
  ];
}

/** Lines and replies that were not shown yet; those that say the same as a shown one are no secret. */
function ahead(scenario, shown) {
  const seen = [...shown].map(bare);
  const all = Object.values(scenario.nodes).flatMap((node) => [
    ...node.lines.map((text) => authored(`line at ${node.id}`, text)),
    ...node.choices.map(({ text }) => authored(`reply at ${node.id}`, text)),
  ]);
  const secret = ({ text }) => !seen.some((other) => other.includes((needle(text) ?? bare(text)).trimEnd()));
  return all.filter(secret);
}

/** Everything of another telling of a case; what both say is no secret. */
function whole(course, other, scenario) {
  const common = new Set(Object.values(scenario.nodes).flatMap((node) => [...node.lines, ...node.choices.map(({ text }) => text)]));
  return [
    ...verdicts(course, other).filter(({ what }) => what === "reason" || what === "example"),
    ...ahead(other, new Set([...common].map((text) => fill(text, facts)))),
  ];
}

/** What a state shows that earlier ones did not. */
function show(shown, scenario, state) {
  for (const id of state.visited) for (const text of scenario.nodes[id].lines) shown.add(fill(text, facts));
  for (const choice of offered(scenario, state)) shown.add(fill(choice.text, facts));
}

const texts = (list) => list.map((text) => bare(text)).sort();
const SCENE = ["elapsed", "ended", "entries", "left", "medium", "offers", "own", "prompt", "run", "subject", "turn"];
const ENTRY = ["audio", "detail", "hold", "medium", "name", "text", "who"];

/** A scene holds these fields and no other, and its choices are named by what means nothing. */
function checkShape(scene) {
  assert.deepEqual(Object.keys(scene).sort(), SCENE);
  for (const entry of scene.entries) assert.deepEqual(Object.keys(entry).sort(), ENTRY);
  for (const offer of scene.offers) {
    assert.deepEqual(Object.keys(offer).sort(), ["id", "sign", "text"]);
    assert.match(offer.id, /^[0-9a-f]{16}$/);
  }
  if (scene.ended) assert.deepEqual(Object.keys(scene.ended).sort(), ["heading", "kind"]);
}

/** The scene that a page gives to its island. */
const sceneOn = (html) => JSON.parse(decode(/<leptos-island data-component="Player[^"]*" data-props="([^"]*)"/.exec(html)[1])).scene;

/** A learner looks at everything that leads to an activity. */
async function lookAround(visit, course, activity) {
  for (const path of ["/", "/courses", course.path, activity.path]) assert.equal((await visit.get(path)).status, 200, path);
}

const MARKS = /class="(?:result-score|decision-verdict|option-why|option-verdict)"/;

test("the search finds a text however it is written", () => {
  const secret = [{ what: "reason", text: `The rule is "right", it's *hers* & nobody else's: 5 < 6, déjà vu.` }];
  for (const body of [
    `<p>The rule is “right”, it’s <em>hers</em> &amp; nobody else’s: 5 &lt; 6, déjà vu.</p>`,
    `<i data-props="{&quot;a&quot;:&quot;The rule is \\&quot;right\\&quot;, it&#x27;s *hers* &amp; nobody else&#39;s: 5 &lt; 6&quot;}">`,
    JSON.stringify({ why: "The rule\nis \"right\", it's hers & nobody else's: 5 < 6, d\u00e9j\u00e0 vu." }),
    `{"why":"The rule is \\u0022right\\u0022, it\\u2019s hers \\u0026 nobody else\\u0027s: 5 < 6"}`,
  ]) {
    assert.deepEqual(found(secret, haystack(body)), secret, body);
    assert.throws(() => refuse(secret, [{ what: "a page", hay: haystack(body) }]), /came too early/);
  }
  assert.deepEqual(found(secret, haystack("<p>The rule is wrong.</p>")), []);
  const sign = [{ what: "rating", exact: "Ownership +2" }];
  assert.deepEqual(found(sign, haystack("<p>Rated: Ownership&nbsp;+2</p>")), sign, "a space that does not break is a space");
});

test("the files that browsers fetch hold no course's texts", async () => {
  const visit = new Visit(server.url, people[2].cookie);
  const talk = COURSES[0].activities.find(({ kind }) => kind === "conversation");
  await visit.send("/do/start-run", { course: COURSES[0].slug, activity: talk.id });
  const names = [(await visit.get(talk.path)).body];
  visit.take();
  const fetched = new Set();
  while (names.length > 0) {
    // A script names others without the folder.
    for (const [name] of names.shift().matchAll(/[\w-]+\.[0-9a-f]{16}\.(?:js|wasm|css|svg)/g)) {
      if (fetched.has(name)) continue;
      fetched.add(name);
      const { status, body } = await visit.get(`/assets/${name}`);
      assert.equal(status, 200, name);
      names.push(body);
    }
  }
  const kinds = new Set([...fetched].map((name) => name.split(".").at(-1)));
  for (const kind of ["css", "js", "wasm"]) assert.ok(kinds.has(kind), `no ${kind} among ${[...fetched]}`);
  const answers = visit.take();
  for (const course of COURSES) {
    for (const { scenario, quiz } of course.activities) {
      if (scenario) refuse([...verdicts(course, scenario), ...ahead(scenario, new Set())], answers);
      if (quiz) refuse(reasons(quiz), answers);
    }
  }
});

/** Has own words read that mean something, and some that do not. */
async function readOwn(visit, { run, turn }, live) {
  for (const words of ["I'm sorry. I'll find out and write to you tomorrow.", "Bananas grow upwards."]) {
    if (live) {
      const answer = await visit.live("/live/say", { run, turn, choice: "", words });
      assert.equal(answer.status, 200);
      const scene = JSON.parse(answer.body);
      checkShape(scene);
      assert.match(scene.own, /class="reading"/);
    } else {
      const { location } = await visit.send("/do/take-turn", { run, turn: String(turn), words });
      assert.match((await visit.get(location)).body, /class="reading"/);
    }
  }
}

/** Plays one way to its ending, searching every answer for what is still to come. */
async function play(visit, course, activity, way, live) {
  const { scenario } = activity;
  // The first attempt plays the main file: what a further one is told is as secret as what is still to come.
  const secrets = [...verdicts(course, scenario), ...activity.tellings.flatMap((other) => whole(course, other, scenario))];
  const shown = new Set();
  const search = () => {
    const answers = visit.take();
    refuse([...secrets, ...ahead(scenario, shown)], answers);
    for (const { what, body } of answers) assert.doesNotMatch(body, MARKS, `a verdict in ${what}`);
  };
  await lookAround(visit, course, activity);
  search();
  let state = begin(scenario);
  show(shown, scenario, state);
  await visit.send("/do/start-run", { course: course.slug, activity: activity.id });
  for (const choice of way) {
    const page = (await visit.get(activity.path)).body;
    const reply = replyOn(page);
    const expected = offered(scenario, state).map(({ text }) => fill(text, facts));
    assert.deepEqual(texts(reply.offers.map(({ text }) => text)), texts(expected), "what can be said now, and no other");
    checkShape(sceneOn(page));
    search();
    if (scenario.nodes[state.node].free) {
      await readOwn(visit, reply, live);
      search();
    }
    const { id } = reply.offers.find(({ text }) => bare(text) === bare(fill(choice.text, facts)));
    const press = async (value) => {
      if (live) {
        const answer = await visit.live("/live/say", { run: reply.run, turn: reply.turn, choice: value });
        assert.equal(answer.status, 200);
        checkShape(JSON.parse(answer.body));
      } else {
        const { status, location } = await visit.send("/do/take-turn", { run: reply.run, turn: String(reply.turn), choice: value });
        assert.equal(status, 303);
        return location;
      }
    };
    // In a mail that may be in own words, a picked reply lies there as a draft, and nothing has been said yet.
    const lies = scenario.nodes[state.node].free && page.includes("talk-email");
    if (lies) {
      await visit.get((await press(id)) ?? activity.path);
      search();
    }
    state = say(scenario, state, choice);
    show(shown, scenario, state);
    await press(lies ? `send:${id}` : id);
    search();
  }
  const over = (await visit.get(activity.path)).body;
  assert.match(over, /class="card ending /, "the way leads to an ending");
  search();
  return { shown, debrief: decode(/href="([^"]*\/result\?run=[^"]*)"/.exec(over)[1]) };
}

for (const course of COURSES) {
  for (const activity of course.activities.filter(({ scenario }) => scenario)) {
    for (const [sign, name, live] of [[1, "best", true], [-1, "worst", false]]) {
      test(`${course.slug}, ${activity.id}: the ${name} way shows nothing ahead of its time`, async () => {
        const way = wayThrough(activity.scenario, sign);
        const visit = new Visit(server.url, people[live ? 0 : 1].cookie);
        const { shown, debrief } = await play(visit, course, activity, way, live);
        assert.ok(visit.count > 2 * way.length, "each turn was searched");

        const { body } = await visit.get(debrief);
        const [{ hay }] = visit.take();
        const said = way.map(({ why }) => authored("reason", why));
        const rated = way.flatMap(({ ratings }) => Object.entries(ratings).map((rating) => ({ exact: ratingWords(course, rating) })));
        const told = [...said, ...rated];
        assert.deepEqual(found(told, hay), told, "the debrief gives reason and ratings of every chosen reply");
        assert.match(body, MARKS);
        if (activity.mode === "assessed" && sign < 0 && (activity.attempts ?? Math.min(ASSESSED_ATTEMPTS, activity.files)) > 1) {
          const chosen = new Set(said.map(({ text }) => text));
          const unchosen = ({ what, text }) => what === "reason" && !chosen.has(text);
          const others = verdicts(course, activity.scenario).filter(unchosen);
          const further = activity.tellings.flatMap((other) => whole(course, other, activity.scenario));
          refuse([...others, ...ahead(activity.scenario, shown), ...further], [{ what: "a failed attempt's debrief", hay }]);
        }
      });
    }
  }
}

for (const course of COURSES) {
  for (const activity of course.activities.filter(({ scenario }) => scenario)) {
    const worked = activity.scenario.worked && activity.mode === "practice";
    test(`${course.slug}, ${activity.id}: ${worked ? "the example comes when it is asked for, and only then" : "there is no example"}`, async () => {
      const visit = new Visit(server.url, people[3].cookie);
      const secrets = verdicts(course, activity.scenario);
      await lookAround(visit, course, activity);
      refuse(secrets, visit.take());
      const { status } = await visit.get(`${activity.path}/example`);
      const [answer] = visit.take();
      if (!worked) {
        assert.equal(status, 404);
        return refuse([...secrets, ...ahead(activity.scenario, new Set())], [answer]);
      }
      const way = wayThrough(activity.scenario);
      const told = way.map(({ why }) => authored("reason", why));
      assert.deepEqual(found(told, answer.hay), told, "the best way is told with its reasons");
      const chosen = new Set(told.map(({ text }) => text));
      refuse(secrets.filter(({ what, text }) => what !== "takeaway" && !chosen.has(text)), [answer]);
      // Whoever has begun must say something of their own first.
      await visit.send("/do/start-run", { course: course.slug, activity: activity.id });
      await visit.get(activity.path);
      await visit.get(`${activity.path}/example`);
      refuse(secrets, visit.take());
    });
  }
}

/** The reasons of a quiz, those of options with what they belong to. */
function reasons(quiz) {
  return quiz.items.flatMap((item) => [
    ...item.options.filter(({ why }) => why).map((option) => ({ ...authored(`reason at ${item.id}`, option.why), option })),
    ...(item.why ? [authored(`reason of ${item.id}`, item.why)] : []),
  ]);
}

/** Answers every question and hands in, searching for reasons until then; gives the search of the result. */
async function attempt(visit, course, activity, how) {
  const { quiz } = activity;
  const search = () => {
    const answers = visit.take();
    refuse(reasons(quiz), answers);
    for (const { what, body } of answers) assert.doesNotMatch(body, MARKS, `a verdict in ${what}`);
  };
  await visit.send("/do/start-quiz", { course: course.slug, activity: activity.id });
  // The plain address leads to that of the question which is open.
  const first = await visit.get(activity.path);
  assert.deepEqual([first.status, first.location], [303, `${activity.path}?q=1`]);
  let page = first.location;
  const answered = new Set();
  while (!page.endsWith("/review")) {
    const { body } = await visit.get(page);
    assert.doesNotMatch(body, /<input type="(?:radio|checkbox)"[^>]* checked/, "nothing is chosen beforehand");
    const { hidden, questions } = questionsOn(body);
    const fields = {};
    for (const question of questions) {
      const item = quiz.items.find(({ id }) => id === question.id);
      const values = answerTo(question, item, facts, how(item));
      const saved = await visit.live("/live/answer", { attempt: hidden.attempt, item: item.id, values, given: Date.now() });
      assert.equal(saved.body, "null", "saving gives nothing");
      Object.assign(fields, Object.fromEntries(values));
      answered.add(item.id);
    }
    const next = await visit.send("/do/answer", { ...hidden, ...fields });
    page = next.location;
    search();
  }
  assert.equal(answered.size, quiz.items.length, "every question was asked");
  const { body } = await visit.get(page);
  search();
  const handed = await visit.send("/do/submit-quiz", formOn(body, /submit-quiz/).hidden);
  visit.take();
  const result = await visit.get(handed.location);
  assert.match(result.body, MARKS);
  return visit.take()[0].hay;
}

/** Right in everything, and wrong in everything, for `answerTo`. */
const right = () => ({ pick: ({ key }) => key, rate: ({ key }) => key });
const wrong = (item) => {
  const one = item.options.find(({ key }) => key === false) ?? item.options[0];
  return { pick: (option) => option === one, rate: ({ key }) => (key % 4) + 1 };
};

for (const course of COURSES) {
  for (const activity of course.activities.filter(({ quiz }) => quiz)) {
    test(`${course.slug}, ${activity.id}: no reason before handing in, and after failing only the own ones while attempts are limited`, async () => {
      const visit = new Visit(server.url, people[0].cookie);
      const all = reasons(activity.quiz);
      await lookAround(visit, course, activity);
      refuse(all, visit.take());
      // Without a limit a quiz is there to learn by, and says at once what would have been right.
      if (activity.quiz.attempts > 1 && activity.quiz.attempts < Infinity) {
        const hay = await attempt(visit, course, activity, wrong);
        const chosen = activity.quiz.items.filter(({ kind }) => kind !== "judgement").map((item) => item.options.find(wrong(item).pick));
        const own = all.filter(({ option }) => chosen.includes(option));
        assert.ok(own.length > 0);
        assert.deepEqual(found(own, hay), own, "what was chosen is explained");
        refuse(all.filter((reason) => !own.includes(reason)), [{ what: "a failed attempt's result", hay }]);
      }
      if (activity.quiz.attempts === Infinity) {
        const hay = await attempt(visit, course, activity, wrong);
        assert.deepEqual(found(all, hay), all, "what would have been right is said with its reasons");
      }
      const hay = await attempt(visit, course, activity, right);
      const told = all.filter(({ text }) => needle(text));
      assert.deepEqual(found(told, hay), told, "whoever passes reads every reason");
    });
  }
}

test("hardly any authored text is too short to be searched for", () => {
  for (const course of COURSES) {
    const closed = course.activities.filter(({ quiz, scenario }) => quiz || scenario);
    const all = closed.flatMap(({ scenario, quiz }) =>
      quiz ? reasons(quiz) : [...ahead(scenario, new Set()), ...verdicts(course, scenario)],
    );
    const authoredTexts = all.filter(({ text }) => text);
    const searched = authoredTexts.filter(({ text }) => needle(text));
    assert.ok(searched.length > 0.95 * authoredTexts.length, `${course.slug}: ${searched.length} of ${authoredTexts.length}`);
    // The reader of course files found what a plain search finds.
    const written = closed.flatMap(({ file }) => readFileSync(join(course.folder, file), "utf8").match(/^\s*why:/gm));
    assert.equal(all.filter(({ what }) => what.startsWith("reason")).length, written.length);
  }
});
