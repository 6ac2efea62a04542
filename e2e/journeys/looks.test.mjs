// Every page of the console, once in light Chinese on a desk and once in dark English on a phone:
// nothing that keeps anybody out, nothing that jumps, nothing that leaves the page at its side, no
// names of the program, and no more bytes than a phone likes. `node e2e/look.mjs` looks at all
// eight looks and photographs them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { FIRST_LOAD_BYTES_MAX, inspect, looks, opened } from "../lib/looks.mjs";
import { asked, outside, prepared, streamed, walk, wrong } from "../lib/pages.mjs";
import { pause } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const skip = !browserPath && "no Chromium";
const two = looks.filter(({ name }) => ["wide-zh-light", "phone-en-dark"].includes(name));

test("every page looks right in two looks", { skip }, async (t) => {
  const command = ["demo", "--quiet", "--seed", "7", "--groups", "6", "--days", "10"];
  const huoqun = await started(t, { command });
  while (!/已就绪/.test(huoqun.errors)) await pause(100);
  const browser = await launch();
  t.after(() => browser.close());
  const faults = [];
  const seen = new Set();
  let before;
  const desks = await Promise.all(two.map((look) => opened(browser, look)));
  for (const desk of desks) await desk.goto(huoqun.console);
  before = await prepared(desks[0], huoqun.url);
  await Promise.all(
    two.map(async (look, at) => {
      const see = looker(desks[at], look, (words) => faults.push(words), seen);
      await walk((name, path) => see(name, huoqun.url + path));
      for (const [name, path] of Object.entries({ ...asked, ...before.pages })) await see(name, huoqun.url + path);
      for (const [name, [path, status]] of Object.entries(wrong)) await see(name, huoqun.url + path, status);
      const stranger = looker(await opened(browser, look), look, (words) => faults.push(words), seen);
      for (const [name, [url, status]] of Object.entries(await outside(huoqun.url, before.invitation))) {
        await stranger(name, url, status);
      }
    }),
  );
  // A page that arrives bit by bit stands still, too.
  for (const path of streamed) {
    const { faults: found } = await inspect(desks[0], huoqun.url + path, { rate: 6_000 });
    found.forEach((fault) => faults.push(`slow line ${path}: ${fault}`));
  }
  assert.deepEqual(faults, []);
  assert.ok(seen.size > 45, `${seen.size} pages were found, fewer than there are`);
});

test("the first day has a page for everything, and a next step", { skip }, async (t) => {
  const huoqun = await started(t);
  const browser = await launch();
  t.after(() => browser.close());
  const page = await opened(browser, two[0]);
  await enter(page, huoqun);
  const faults = [];
  const see = looker(page, two[0], (words) => faults.push(words));
  await walk((name, path) => see(name, huoqun.url + path), { prefix: "fresh-" });
  assert.deepEqual(faults, []);
  await page.goto(`${huoqun.url}/today`);
  await page.locator("#hq-empty a.btn").click();
  await page.locator("main a[href='/groups/new']").first().waitFor();
});

async function started(t, options) {
  const huoqun = await Huoqun.start(options);
  t.after(() => huoqun.end());
  return huoqun;
}

/** Looks at a page, tells what is wrong with it, and gives its links. */
function looker(page, look, tell, seen = new Set()) {
  return async (name, url, status) => {
    const { faults, bytes, links } = await inspect(page, url, { status });
    seen.add(name);
    faults.forEach((fault) => tell(`${look.name} ${name}: ${fault}`));
    const heavy = bytes > FIRST_LOAD_BYTES_MAX && !name.endsWith("explore");
    if (heavy) tell(`${look.name} ${name}: ${bytes} bytes`);
    return links;
  };
}
