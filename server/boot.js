// Starts the islands of a page. The build fills in the two hashed names; nothing here is inline, so the
// content security policy needs no 'unsafe-inline'. It does what Leptos' own islands script does.
const here = (name) => new URL(name, import.meta.url);
const wasm = fetch(here("__WASM__"));
const islands = await import(here("__JS__"));
await islands.default({ module_or_path: wasm });
islands.hydrate();

// Content that the server rendered inside an island belongs to the nearest island around it.
const owners = [];

async function start(element) {
  const id = element.dataset.component;
  const island = islands[id];
  if (!island) {
    console.warn(`No island is called ${id}.`);
    return;
  }
  owners.at(-1)?.();
  await island(element);
}

async function walk(element) {
  const tag = element.localName;
  if (tag === "leptos-island") await start(element);
  if (tag === "leptos-children") owners.push(element.$$on_hydrate);
  for (const child of element.children) await walk(child);
  if (tag === "leptos-children") owners.pop();
}

await walk(document.body);
document.documentElement.dataset.islands = "ready";
