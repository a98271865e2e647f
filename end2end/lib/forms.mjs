// Reads the forms of quizzes and conversations from a page's HTML.

import { bare, decode } from "./canary.mjs";
import { fill } from "./course.mjs";
import { formOn } from "./http.mjs";

const text = (html) => decode(html.replace(/<[^>]*>/g, " "));

/** A page without the marks that tell the islands where a part of it ends; nobody sees them. */
export const unmarked = (html) => html.replaceAll("<!>", "");

const CHOICE = /<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]+)"[^>]*>\s*<span>([\s\S]*?)<\/span><\/label>/g;

/**
 * The form of a page with questions: its `hidden` fields, and of each question the `id` and either `options` (`text`,
 * `name`, `value`) or what is to be rated, `ratings` (`text`, `name`).
 */
export function questionsOn(page) {
  const html = unmarked(page);
  const form = formOn(html, /\/do\/answer$/);
  if (!form) return null;
  const questions = html.split('<fieldset class="question">').slice(1).map((part) => {
    const ratings = part.split('<fieldset class="rate">').slice(1).map((rate) => ({
      text: text(/<legend[^>]*>([\s\S]*?)<\/legend>/.exec(rate)[1]),
      name: /name="(q\.[^"]+)"/.exec(rate)[1],
    }));
    const choices = [...part.matchAll(CHOICE)].map(([, name, value, words]) => ({ name, value, text: text(words) }));
    return { id: /id="f-q\.([\w-]+)"/.exec(part)[1], ratings, options: ratings.length > 0 ? [] : choices };
  });
  return { hidden: form.hidden, questions };
}

/** The fields that answer a question of a page: `pick(option)` says which options to take, `rate(option)` how to rate one. */
export function answerTo(question, item, facts, { pick, rate }) {
  const authored = (words) => {
    const option = item.options.find((option) => bare(fill(option.text, facts)) === bare(words));
    if (!option) throw new Error(`${item.id} has no option ${words}`);
    return option;
  };
  const chosen = question.options.filter((option) => pick(authored(option.text))).map(({ name, value }) => [name, value]);
  return [...chosen, ...question.ratings.map((rating) => [rating.name, String(rate(authored(rating.text)))])];
}

/** What can be said on a page: the `run`, the `turn`, and the `offers` (`id`, `text`); nothing when it is over. */
export function replyOn(page) {
  const html = unmarked(page);
  const form = formOn(html, /take-turn/);
  if (!form) return null;
  const offers = [...html.matchAll(/<button name="choice" value="(\w+)"[^>]*>([\s\S]*?)<\/button>/g)];
  const { run, turn } = form.hidden;
  return { run, turn: Number(turn), offers: offers.map(([, id, words]) => ({ id, text: text(words.replace(/<b class="sign">[^<]*<\/b>/, "")) })) };
}
