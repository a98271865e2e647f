// Reads course folders as far as tests need them: the table of contents, quizzes, and what facts stand for.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { frontMatter, readScenario } from "./scenario.mjs";
import { ROOT } from "./server.mjs";

const FOLDER = join(ROOT, "courses");

/** Every shipped course, read whole. */
export function courses() {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, "course.toml")))
    .map((entry) => readCourse(join(FOLDER, entry.name)));
}

/** One shipped course by the name of its folder. */
export const course = (name) => readCourse(join(FOLDER, name));

/** A course: `slug`, `folder`, `competencies` (names by id) and `activities` in order, quizzes and conversations read. */
function readCourse(folder) {
  const tables = toml(readFileSync(join(folder, "course.toml"), "utf8"));
  const named = (name) => tables.filter((table) => table.name === name).map((table) => table.fields);
  const activities = named("module.activity").map((fields) => {
    const text = readFileSync(join(folder, fields.file), "utf8").replaceAll("\r\n", "\n");
    const activity = { ...fields, path: `/courses/${tables[0].fields.id}/a/${fields.id}` };
    if (fields.kind === "quiz") activity.quiz = readQuiz(text);
    if (fields.kind === "conversation") activity.scenario = readScenario(text);
    // The first attempt plays the main file, each further one another telling.
    const telling = (file) => readScenario(readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n"));
    activity.tellings = (fields.variants ?? []).map(telling);
    activity.files = 1 + activity.tellings.length;
    return activity;
  });
  const competencies = Object.fromEntries(named("competency").map(({ id, name }) => [id, name]));
  return { slug: tables[0].fields.id, folder, path: `/courses/${tables[0].fields.id}`, competencies, activities };
}

/** The tables of a course.toml in order; those before the first heading make a table without a name. */
function toml(text) {
  const tables = [{ name: "", fields: {} }];
  // A list may stand on several lines, and end with a comma.
  const joined = text.replace(/\[\s*\n([^\]]*?),?\s*\]/g, (whole, items) => `[${items.replace(/\s*\n\s*/g, " ").trim()}]`);
  for (const line of joined.split("\n")) {
    const heading = /^\[\[?([\w.]+)\]\]?\s*$/.exec(line)?.[1];
    const [, key, value] = /^(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|\d+|true|false|\[.*\])\s*$/.exec(line) ?? [];
    if (heading) tables.push({ name: heading, fields: {} });
    else if (key) tables.at(-1).fields[key] = JSON.parse(value);
  }
  return tables;
}

/** The text of a quiz file as `{ attempts, items }`; a `key` is true, false, or a rating from 1 to 4. */
export function readQuiz(text) {
  const { fields, body } = frontMatter(text);
  const { attempts, layout = "one" } = Object.fromEntries(fields);
  const items = body.split(/^## /m).slice(1).map((part) => {
    const [, id, kind] = /^([\w-]+) \(([\w-]+)\)/.exec(part);
    const item = { id, kind, why: "", options: [] };
    // Whatever is indented continues what was last begun.
    let more = () => {};
    for (const line of part.split("\n").slice(1)) {
      const [, mark, words] = /^- (?:\[([ xX])\]|\(\d\)) (.*)$/.exec(line) ?? [];
      const why = /^\s*why:\s*(.*)$/.exec(line)?.[1];
      if (words !== undefined) {
        const option = { text: words.trim(), why: "", key: mark === undefined ? Number(line[3]) : mark !== " " };
        item.options.push(option);
        more = (rest) => (option.text += ` ${rest}`);
      } else if (why !== undefined && item.options.length > 0) {
        const owner = /^\s/.test(line) ? item.options.at(-1) : item;
        owner.why = why;
        more = (rest) => (owner.why += ` ${rest}`);
      } else if (line.trim() !== "") {
        more(line.trim());
      }
    }
    return item;
  });
  return { attempts: /^\d+$/.test(attempts ?? "") ? Number(attempts) : Infinity, layout, items };
}

/** Puts what the site knows about the organisation into an authored text. */
export const fill = (text, facts) => text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => facts[name] ?? whole);
