// axe-core on a page, with findings that say what to repair.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page as it is now, one readable text for each finding. Needs a context with scripts on. */
export async function axeFindings(page) {
  await page.evaluate(SOURCE);
  const violations = await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    return result.violations;
  });
  return violations.map((violation) => {
    const places = violation.nodes.slice(0, 5).map((node) => {
      const why = (node.failureSummary ?? "").split("\n").slice(1).map((line) => line.trim()).join("; ");
      return `    ${node.target.join(" ")}\n      ${node.html.slice(0, 200)}\n      ${why}`;
    });
    const more = violation.nodes.length > 5 ? `\n    and ${violation.nodes.length - 5} more` : "";
    return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join("\n")}${more}`;
  });
}

/** Fails with everything axe finds. */
export async function axe(page, what = page.url()) {
  const findings = await axeFindings(page);
  if (findings.length > 0) {
    throw new Error(`axe finds ${findings.length} on ${what}:\n${findings.join("\n")}`);
  }
}
