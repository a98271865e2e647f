// Conversation files as tests need them: what is in them, how they are played, and which way through is best or worst.

/** The fields between the two `---` at the top of a file, as pairs, and what follows. */
export function frontMatter(text) {
  const [, head, body] = /^\uFEFF?\s*---\n([\s\S]*?)\n---[^\S\n]*\n?([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined) throw new Error(`no front matter in ${text.slice(0, 60)}`);
  const pairs = head.split("\n").filter((line) => line.includes(":") && !line.trimStart().startsWith("//"));
  const split = (line, at) => [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  return { fields: pairs.map((line) => split(line, line.indexOf(":"))), body };
}

/**
 * A conversation: `nodes` by name (`lines`, `free`, `choices`, `timer`, `jumps`, `end`, `debrief`), the name of the `first`,
 * `variables` with bounds and start, `weights` of competencies.
 */
export function readScenario(text) {
  const { fields, body } = frontMatter(text);
  const scenario = { nodes: {}, first: "", variables: {}, weights: {}, title: "", worked: false };
  for (const [key, value] of fields) {
    if (key === "title") scenario.title = value;
    if (key === "worked") scenario.worked = value === "yes";
    if (key === "weight") scenario.weights[value.split(/\s+/)[0]] = Number(value.split(/\s+/)[1]);
    if (!key.startsWith("var ")) continue;
    const [domain, start] = value.split("=").map((part) => part.trim());
    const [min, max] = domain.includes("..") ? domain.split("..").map(Number) : [];
    scenario.variables[key.slice(4).trim()] = { min, max, start: min === undefined ? start : Number(start) };
  }
  for (const part of body.split(/^## /m).slice(1)) {
    const node = readNode(part);
    scenario.first ||= node.id;
    scenario.nodes[node.id] = node;
  }
  return scenario;
}

/** Items begin at the margin; indented lines belong to the item above. */
function readNode(part) {
  const lines = part.split("\n").filter((line) => !line.trimStart().startsWith("//"));
  const [, id, , attributes = ""] = /^([\w-]+)\s*(\(([^)]*)\))?/.exec(lines[0]);
  const end = /\bend:\s*(\w+)/.exec(attributes)?.[1] ?? null;
  const node = { id, end, free: false, lines: [], choices: [], jumps: [], timer: null, debrief: "" };
  const items = [];
  for (const line of lines.slice(1)) {
    if (/^\s/.test(line) || line === "") items.at(-1)?.push(line.trim());
    else items.push([line.trim()]);
  }
  for (const [head, ...rest] of items) {
    if (head.startsWith("->")) {
      const [, condition, target] = /^->\s*(?:\[([^\]]*)\]\s*)?([\w-]+)$/.exec(head);
      node.jumps.push({ condition, target });
    } else if (/^-(\s|$)/.test(head)) {
      node.choices.push(readChoice(head.slice(1).trim(), rest));
    } else if (head.startsWith("timer:")) {
      node.timer = readChoice(head.slice(6).trim(), rest);
    } else if (head === "reply: free") {
      node.free = true;
    } else if (head.startsWith("debrief:")) {
      node.debrief = joined([head.slice(8), ...rest]);
    } else {
      node.lines.push(joined([head.slice(head.indexOf(":") + 1), ...rest]));
    }
  }
  return node;
}

const joined = (lines) => lines.map((line) => line.trim()).filter(Boolean).join(" ");

const PROPERTY = /^(says|decision|rate|effect|blocker|commit|why):\s*(.*)$/;

function readChoice(head, rest) {
  const at = rest.findIndex((line) => PROPERTY.test(line));
  const words = joined([head, ...(at < 0 ? rest : rest.slice(0, at))]);
  const [, condition, done, text, target] = /^(?:\[([^\]]*)\]\s*)?(do:\s*)?\\?([\s\S]*?)\s*->\s*([\w-]+)$/.exec(words);
  const choice = { condition, done: done !== undefined, text, target, says: [], why: "", ratings: {}, effects: [], blockers: [], commitments: [] };
  let inWhy = false;
  for (const line of at < 0 ? [] : rest.slice(at)) {
    const [, key, value] = PROPERTY.exec(line) ?? [];
    if (key === undefined) {
      if (inWhy) choice.why = joined([choice.why, line]);
      continue;
    }
    inWhy = key === "why";
    if (inWhy) choice.why = value;
    if (key === "says") choice.says.push(value);
    if (key === "blocker") choice.blockers.push(value);
    if (key === "commit") choice.commitments.push(value);
    if (key === "effect") choice.effects.push(...value.split(",").map((effect) => effect.trim()));
    if (key === "rate") {
      for (const rate of value.split(",")) {
        const [name, amount] = rate.trim().split(/\s+/);
        choice.ratings[name] = Number(amount.replace("−", "-"));
      }
    }
  }
  return choice;
}

// ── Playing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The state before anything was said: where one is, what is remembered, and which nodes were visited. */
export function begin(scenario) {
  const values = Object.fromEntries(Object.entries(scenario.variables).map(([name, { start }]) => [name, start]));
  return arrive(scenario, { node: scenario.first, values, visited: [] });
}

function arrive(scenario, state) {
  for (let { node, visited } = state; ; ) {
    visited = [...visited, node];
    const jump = scenario.nodes[node].jumps.find(({ condition }) => holds(condition, state.values));
    if (!jump) return { ...state, node, visited };
    if (visited.length > 500) throw new Error(`the jumps at ${node} lead in a circle`);
    node = jump.target;
  }
}

/** What can be said in a state; nothing at an ending. */
export const offered = (scenario, state) =>
  scenario.nodes[state.node].choices.filter(({ condition }) => holds(condition, state.values));

/** The state after one of `offered` was said. */
export function say(scenario, state, choice) {
  const values = { ...state.values };
  for (const effect of choice.effects) {
    const [, name, sign, amount] = /^(\w+)\s*([+=−-])\s*(\w+|[+−-]?\d+)$/.exec(effect);
    const { min, max } = scenario.variables[name];
    if (min === undefined) values[name] = amount;
    else {
      const number = Number(amount.replace("−", "-"));
      const next = sign === "=" ? number : values[name] + (sign === "+" ? number : -number);
      values[name] = Math.min(max, Math.max(min, next));
    }
  }
  return arrive(scenario, { node: choice.target, values, visited: state.visited });
}

/** Whether a condition such as `trust >= 3 and not told` is true. */
export function holds(condition, values) {
  if (condition === undefined) return true;
  const tokens = condition.match(/<=|>=|!=|==|[<>=()]|[+−-]?[\w]+/g);
  const any = () => {
    let value = all();
    while (tokens[0] === "or" && tokens.shift()) value = all() || value;
    return value;
  };
  const all = () => {
    let value = not();
    while (tokens[0] === "and" && tokens.shift()) value = not() && value;
    return value;
  };
  const not = () => {
    const token = tokens.shift();
    if (token === "not") return !not();
    if (token === "(") {
      const value = any();
      tokens.shift();
      return value;
    }
    if (!/^(<=|>=|!=|==?|<|>)$/.test(tokens[0] ?? "")) return values[token] === "yes";
    const [sign, right] = [tokens.shift(), tokens.shift()];
    const a = values[token];
    const b = typeof a === "number" ? Number(right.replace("−", "-")) : right;
    return { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a === b, "==": a === b, "!=": a !== b }[sign];
  };
  return any();
}

// ── Ways through ────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a choice adds to the score; a blocker outweighs everything. */
const reward = ({ weights }, { ratings, blockers }) =>
  Object.entries(ratings).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 1), -2000 * blockers.length);

/** The choices of the way that is rated best (`sign` 1: success, no blocker) or worst (`sign` -1). */
export function wayThrough(scenario, sign = 1) {
  const known = new Map();
  const seek = (state) => {
    const { end } = scenario.nodes[state.node];
    if (end) return { worth: end === "success" ? 1000 : 0, way: [] };
    const key = JSON.stringify([state.node, state.values]);
    if (known.has(key)) return known.get(key);
    // Somebody who comes back to where they were has gone in a circle.
    known.set(key, null);
    const found = offered(scenario, state)
      .map((choice) => {
        const rest = seek(say(scenario, { ...state, visited: [] }, choice));
        return rest && { worth: rest.worth + reward(scenario, choice), way: [choice, ...rest.way] };
      })
      .filter(Boolean)
      .sort((a, b) => sign * (b.worth - a.worth) || a.way.length - b.way.length)[0];
    known.set(key, found ?? null);
    return found ?? null;
  };
  const found = seek(begin(scenario));
  if (!found) throw new Error(`${scenario.title}: no way leads to an ending`);
  return found.way;
}
