// Whatever was acknowledged survives: the server is killed again and again while learners answer, and each time its pages
// show every acknowledged answer and reply exactly once, and nothing that nobody sent.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { chance } from "../lib/chance.mjs";
import { course } from "../lib/course.mjs";
import { newcomers } from "../lib/people.mjs";
import { freshDatabase, skipPostgres } from "../lib/postgres.mjs";
import { startServer } from "../lib/server.mjs";
import { Gate, Learner } from "../lib/steadfast.mjs";

const LEARNERS = 6;
const SEED = Number(process.env.SEED ?? 20260101);
/** Milliseconds of work before the server is killed: sometimes hardly any. */
const [SOONEST, LATEST] = [4, 500];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills the server so many times under work; gives what happened, in numbers. */
async function killAndCompare(kills, options) {
  const dice = chance(SEED);
  const flagship = course("working-with-people-outside");
  const quizzes = flagship.activities.filter(({ quiz }) => quiz?.attempts === Infinity);
  const timed = ({ nodes }) => Object.values(nodes).some(({ timer }) => timer);
  const talks = flagship.activities.filter(({ scenario, mode }) => scenario && mode === "practice" && !timed(scenario));
  const gate = new Gate();
  let server = await startServer(options);
  let survived = 0;
  try {
    const names = Array.from({ length: LEARNERS }, (_, index) => `Steady ${index + 1}`);
    const learners = (await newcomers(server.url, names)).map(
      ({ cookie }, index) =>
        new Learner({
          cookie,
          gate,
          course: flagship,
          talk: talks[index % talks.length],
          quiz: quizzes[index % quizzes.length],
          dice: chance(SEED + 1 + index),
        }),
    );
    let broken = null;
    const work = Promise.all(learners.map((learner) => learner.work())).catch((error) => (broken = error));
    for (let kill = 0; kill < kills; kill += 1) {
      gate.open(server.url);
      await pause(SOONEST + dice.below(LATEST - SOONEST));
      while (gate.inFlight === 0 && !broken) await pause(0);
      gate.shut();
      await server.kill();
      while (gate.inFlight > 0) await pause(1);
      if (broken) throw broken;
      server = await startServer(options);
      for (const learner of learners) survived += await learner.check(server.url);
    }
    gate.last = true;
    gate.open(server.url);
    await work;
    if (broken) throw broken;
    for (const learner of learners) {
      assert.equal(learner.pending, null, "in the end everything was acknowledged");
      await learner.check(server.url);
      await learner.checkHistory(server.url);
    }
    const plays = learners.flatMap(({ runs }) => runs.filter(({ over }) => over)).length;
    const attempts = learners.flatMap((learner) => learner.attempts).length;
    return { acknowledged: gate.acknowledged, cut: gate.cut, survived, plays, attempts };
  } finally {
    gate.shut();
    await server.stop();
  }
}

async function prove(t, kills, databaseUrl) {
  const data = await mkdtemp(join(tmpdir(), "colloquy-durable-"));
  try {
    const numbers = await killAndCompare(kills, { data, databaseUrl, env: { COLLOQUY_LOG: "warn" } });
    t.diagnostic(
      `${kills} kills, seed ${SEED}: ${numbers.acknowledged} requests acknowledged, ${numbers.cut} cut off, ` +
        `${numbers.survived} of those stored all the same; ${numbers.plays} plays, ${numbers.attempts} attempts`,
    );
    assert.ok(numbers.cut >= kills, "requests were under way whenever the server was killed");
    assert.ok(numbers.acknowledged > 4 * kills, "much was acknowledged in between");
    assert.ok(numbers.plays > 0 && numbers.attempts > 0, "conversations and quizzes came to their ends");
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

const NAME = "times killed while answers are sent, every acknowledged one is there exactly once";

test(`SQLite: 50 ${NAME}`, (t) => prove(t, 50));

test(`PostgreSQL: 10 ${NAME}`, { skip: skipPostgres }, async (t) => {
  const database = await freshDatabase();
  try {
    await prove(t, 10, database.url);
  } finally {
    await database.drop();
  }
});
