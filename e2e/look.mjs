// Opens every page of the console at two sizes, in both languages and both themes; photographs it
// and says what is wrong with it (lib/looks.mjs says what that can be).
//
// Usage: node e2e/look.mjs FOLDER [LINK]
// LINK lets an owner in to a running huoqun (which it changes: an import, an invitation); LOGIN and
// PASSWORD are typed there when it asks. Without a LINK the demonstration is looked at, and then a
// fresh installation. Pages are found by following links; of pages that differ only in numbers one
// is looked at. LOOKS=a,b picks looks; ONLY=part-of-a-name picks pages. Ends with 1 when something
// is wrong.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { enter, launch } from "./lib/browser.mjs";
import { FIRST_LOAD_BYTES_MAX, inspect, looks, opened } from "./lib/looks.mjs";
import { asked, outside, prepared, walk, wrong } from "./lib/pages.mjs";
import { pause } from "./lib/people.mjs";
import { Huoqun } from "./lib/program.mjs";

const [folder, given] = process.argv.slice(2);
const { LOOKS, ONLY, LOGIN, PASSWORD } = process.env;
const picked = looks.filter(({ name }) => !LOOKS || LOOKS.split(",").includes(name));
const found = [];

async function see(page, look, name, url, status) {
  if (ONLY && !name.includes(ONLY)) return status ? [] : linksOf(page, url);
  const picture = join(folder, `${name}.${look}.png`);
  const { faults, bytes, links } = await inspect(page, url, { picture, status });
  if (bytes > FIRST_LOAD_BYTES_MAX && !name.includes("explore")) faults.push(`${bytes} bytes`);
  console.log(`${look} ${name} ${bytes} B${faults.length ? "" : " well"}`);
  for (const fault of faults) console.log(`   ${fault}`);
  found.push({ look, name, url, bytes, faults });
  return links;
}

async function linksOf(page, url) {
  await page.goto(url);
  return page.locator("a[href]").evaluateAll((all) => all.map((a) => a.pathname + a.search));
}

async function comeIn(page, link) {
  await page.goto(link);
  if (!LOGIN) return;
  await page.locator("input[name=login]").fill(LOGIN);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("main form button").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

/** Everything of one installation, in every look. */
async function all(browser, link) {
  const { origin } = new URL(link);
  let before;
  for (const look of picked) {
    const page = await opened(browser, look);
    await comeIn(page, link);
    before ??= await prepared(page, origin);
    await walk((name, path) => see(page, look.name, name, origin + path));
    for (const [name, path] of Object.entries({ ...asked, ...before.pages })) {
      await see(page, look.name, name, origin + path);
    }
    for (const [name, [path, status]] of Object.entries(wrong)) {
      await see(page, look.name, name, origin + path, status);
    }
    await page.context().close();
    const stranger = await opened(browser, look);
    for (const [name, [url, status]] of Object.entries(await outside(origin, before.invitation))) {
      await see(stranger, look.name, name, url, status);
    }
    await stranger.context().close();
  }
}

/** What somebody sees on the first day: nothing yet, and what to do. */
async function fresh(browser, huoqun) {
  for (const look of picked) {
    const page = await opened(browser, look);
    if (look === picked[0]) await see(page, look.name, "fresh-welcome", huoqun.console);
    await enter(page, huoqun);
    await walk((name, path) => see(page, look.name, name, huoqun.url + path), { prefix: "fresh-" });
    await page.context().close();
  }
}

await mkdir(folder, { recursive: true });
const browser = await launch();
const running = [];
const start = async (options) => {
  running.push(await Huoqun.start(options));
  return running.at(-1);
};
try {
  if (given) {
    await all(browser, given);
  } else {
    const demo = await start({ command: ["demo", "--quiet", "--seed", "7"] });
    while (!/已就绪/.test(demo.errors)) await pause(200);
    await all(browser, demo.console);
    await fresh(browser, await start());
  }
} finally {
  await browser.close();
  for (const huoqun of running) await huoqun.end();
}
const faulty = found.filter(({ faults }) => faults.length);
await writeFile(join(folder, "look.json"), JSON.stringify(found, null, 1));
const heaviest = Math.max(0, ...found.map(({ bytes }) => bytes));
console.log(`${found.length} pages, ${faulty.length} with something wrong; heaviest load ${heaviest} bytes`);
process.exitCode = faulty.length ? 1 : 0;
