// Opens every page of the console at two sizes, in both languages and both themes; photographs it
// and says what is wrong with it: axe-core, layout shift, words or tables that leave the page at
// its side, errors in the console of the browser, and the weight of the first load.
//
// Usage: node e2e/look.mjs FOLDER [LINK]
// LINK lets an owner in to a running huoqun; without one the demonstration is started. Pages are
// found by following links; of pages that differ only in numbers one is looked at. LOOKS=a,b picks
// looks; ONLY=part-of-an-address picks pages. Ends with 1 when something is wrong.

import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { launch } from "./lib/browser.mjs";
import { pause } from "./lib/people.mjs";
import { Huoqun } from "./lib/program.mjs";

const SHIFT_MAX = 0.01;
const FIRST_LOAD_BYTES_MAX = 150_000;
const PAGES_MAX = 80;

const [folder, given] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const looks = [wide, phone].flatMap((size) =>
  ["zh-CN", "en-GB"].flatMap((locale) =>
    ["light", "dark"].map((colorScheme) => ({
      name: [size === wide ? "wide" : "phone", locale.slice(0, 2), colorScheme].join("-"),
      options: { ...size, locale, colorScheme, timezoneId: "Asia/Shanghai" },
    })),
  ),
);
const wanted = process.env.LOOKS?.split(",");
const only = process.env.ONLY;

/** What the page did while it was loaded; runs in the page before anything else. */
function watch() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** What leaves the page at its side: the parts that do not lie in something that scrolls. */
function tooWide() {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (at) => at && (/auto|scroll|hidden/.test(getComputedStyle(at).overflowX) || scrolls(at.parentElement));
  const parts = [...document.querySelectorAll("body *")];
  const out = parts.filter((at) => at.getBoundingClientRect().right > room + 1 && !scrolls(at.parentElement));
  return out.slice(0, 3).map((at) => `${at.tagName.toLowerCase()}.${at.className}`);
}

/** Same-origin addresses that the page links to. */
function links() {
  const own = [...document.querySelectorAll("a[href]")].map((a) => new URL(a.href, location));
  return own.filter((to) => to.origin === location.origin).map((to) => to.pathname);
}

/** The kind of a page: its address without numbers. */
const kind = (path) => path.replace(/\/\d+(?=\/|$)/g, "/{id}").replace(/\/[0-9a-f-]{20,}/gi, "/{key}");
const own = /^\/(today|groups|people|blacklist|figures|summary|imports|search|settings|staff|audit|doctor|gallery|me|reports)(\/|$)/;
const file = /\.(csv|xlsx|html|json|svg|png)$|\/(export|csv|xlsx|events|stream)$/;

const found = [];
async function look(page, name, path) {
  const faults = [];
  const note = (what) => faults.push(what);
  const onError = (error) => note(`script: ${error}`);
  const onWord = (word) => word.type() === "error" && note(`console: ${word.text()}`);
  page.on("pageerror", onError);
  page.on("console", onWord);
  let status = 0;
  let bytes = 0;
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  client.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  try {
    const answer = await page.goto(path, { waitUntil: "load" });
    status = answer?.status() ?? 0;
    await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
    await page.waitForTimeout(150);
    const shifted = await page.evaluate(() => window.shifted);
    if (shifted > SHIFT_MAX) note(`layout shift ${shifted.toFixed(3)}`);
    for (const part of await page.evaluate(tooWide)) note(`too wide: ${part}`);
    const to = await page.evaluate(links);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, nodes } of violations) {
      note(`axe ${id} ×${nodes.length}: ${nodes[0].html.slice(0, 140)} ${nodes[0].any[0]?.message ?? ""}`);
    }
    if (status >= 400) note(`answered ${status}`);
    return { to, faults, bytes, status };
  } catch (error) {
    note(String(error).split("\n")[0]);
    return { to: [], faults, bytes, status };
  } finally {
    page.off("pageerror", onError);
    page.off("console", onWord);
    await client.detach();
  }
}

/** All pages of the console, by following links from the menu. */
async function walk(page, origin, name) {
  const queue = ["/today", "/groups", "/people", "/figures", "/settings", "/me", "/search", "/gallery", "/summary"];
  const seen = new Set();
  while (queue.length && seen.size < PAGES_MAX) {
    const path = queue.shift();
    const which = kind(path);
    if (seen.has(which) || !own.test(path) || file.test(path) || (only && !which.includes(only))) continue;
    seen.add(which);
    const title = which.slice(1).replaceAll("/", "_").replace(/[{}]/g, "");
    const { to, faults, bytes } = await look(page, `${title}.${name}`, origin + path);
    console.log(`${name} ${which} ${bytes} B${faults.length ? "" : " well"}`);
    for (const fault of faults) console.log(`   ${fault}`);
    found.push({ look: name, page: which, bytes, faults });
    queue.push(...to);
  }
}

await mkdir(folder, { recursive: true });
const huoqun = given ? null : await Huoqun.start({ command: ["demo", "--quiet", "--seed", "7"] });
const browser = await launch();
try {
  while (huoqun && !/已就绪/.test(huoqun.errors)) await pause(200);
  const link = given ?? huoqun.console;
  const { origin } = new URL(link);
  for (const { name, options } of looks.filter((one) => !wanted || wanted.includes(one.name))) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(link);
    await walk(page, origin, name);
    await context.close();
    const stranger = await browser.newContext(options);
    const outside = await stranger.newPage();
    await outside.addInitScript(watch);
    const { faults, bytes } = await look(outside, `login.${name}`, `${origin}/login`);
    console.log(`${name} /login ${bytes} B`);
    for (const fault of faults) console.log(`   ${fault}`);
    if (bytes > FIRST_LOAD_BYTES_MAX) faults.push(`first load of ${bytes} bytes`);
    found.push({ look: name, page: "/login", bytes, faults });
    await stranger.close();
  }
} finally {
  await browser.close();
  await huoqun?.end();
}
const first = Math.max(0, ...found.map(({ bytes }) => bytes));
const wrong = found.filter(({ faults }) => faults.length);
await writeFile(join(folder, "look.json"), JSON.stringify(found, null, 1));
console.log(`${found.length} pages, ${wrong.length} with something wrong; heaviest load ${first} bytes`);
if (first > FIRST_LOAD_BYTES_MAX) console.log(`more than ${FIRST_LOAD_BYTES_MAX} bytes`);
process.exitCode = wrong.length || first > FIRST_LOAD_BYTES_MAX ? 1 : 0;
