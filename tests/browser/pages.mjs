// node pages.mjs FOLDER CHROMIUM PAGE...: opens each page from its file at 360 and 1600 pixels and
// prints one JSON line for it: what the console said, what was asked for that is no file, what
// overflows, formulas without a size, links that lead nowhere, and what axe-core calls serious.
// A page with #fragment is the one that reads certificates: the line has what it says in the end.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, chromium, ...pages] = process.argv.slice(2);
const load = createRequire(join(process.env.NODE_FOLDER || process.cwd(), "x.js"));
const puppeteer = load("puppeteer-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const args = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"];
const browser = await puppeteer.launch({ executablePath: chromium, args, headless: true });

const measured = () => {
  const wide = document.documentElement;
  const still = [...document.querySelectorAll("math")].filter((m) => !m.closest("details:not([open])"));
  return {
    overflow: Math.max(0, wide.scrollWidth - innerWidth),
    empty: still.filter((m) => m.getBoundingClientRect().width === 0).length,
    formulas: still.length,
    broken: [...document.images].filter((i) => !i.complete || !i.naturalWidth).length,
    links: [...document.links].map((a) => a.getAttribute("href")),
  };
};

for (const name of pages) {
  const [file, fragment] = name.split("#");
  const page = await browser.newPage();
  const found = { page: name, console: [], asked: [], overflow: [], axe: [] };
  page.on("console", (m) => found.console.push(m.text()));
  page.on("pageerror", (e) => found.console.push(String(e)));
  page.on("request", (r) => /^(file|data|blob):/.test(r.url()) || found.asked.push(r.url()));
  const address = pathToFileURL(resolve(folder, file)).href + (fragment ? "#" + fragment : "");
  for (const width of [360, 1600]) {
    await page.setViewport({ width, height: 900 });
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    const seen = await page.evaluate(measured);
    found.overflow.push(seen.overflow);
    Object.assign(found, { empty: seen.empty, formulas: seen.formulas, broken: seen.broken });
    found.lost = seen.links.filter((h) => !/^https:/.test(h) && !existsSync(join(folder, h.split("#")[0])));
    if (!fragment) {
      await page.evaluate(axe);
      const told = await page.evaluate(() => globalThis.axe.run());
      const bad = told.violations.filter((v) => ["serious", "critical"].includes(v.impact));
      found.axe.push(...bad.map((v) => `${width}: ${v.id}: ${v.nodes[0].html.slice(0, 120)}`));
    } else if (width === 360) {
      const ended = () => /^(Accepted|REFUSED|Not checked)/.test(document.getElementById("state").textContent);
      await page.waitForFunction(ended, { timeout: 240000 });
      found.state = await page.$eval("#state", (e) => e.textContent);
      found.said = await page.$eval("#said", (e) => e.textContent);
      break;
    }
  }
  console.log(JSON.stringify(found));
  await page.close();
}
await browser.close();
