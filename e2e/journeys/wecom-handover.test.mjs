// Somebody left the company: in the browser customers and groups are handed over, the program is killed
// while it asks for it, customers agree or refuse on the practice company's desk, and in the end the
// books say what the page says; nobody was asked for twice.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { passes } from "../lib/looks.mjs";
import { Operator, pause } from "../lib/people.mjs";
import { Practice, connected, readWhole } from "../lib/practice.mjs";
import { Huoqun } from "../lib/program.mjs";
import { desk } from "../lib/staff.mjs";

const pictures = process.env.HUOQUN_PICTURES;
const skip = !browserPath && "no Chromium";

/** The day after which customers who said nothing change hands passes in 24 seconds, on both sides. */
const SPEED = 3_600;

test("who left is handed over, whatever dies meanwhile", { skip }, async (t) => {
  const from = Date.now();
  const clock = ["--clock-from", from, "--clock-speed", SPEED];
  const practice = await Practice.start("--groups", "20", "--members", "30", "--seed", "4", ...clock);
  t.after(() => practice.end());
  const huoqun = await Huoqun.start({ speed: SPEED, from });
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  const { place } = await connected(operator, practice);
  await readWhole(operator, place);

  const before = await practice.books();
  const [leaver] = Object.entries(before.staff).find(([, one]) => one.left !== null);
  const held = Object.keys(before.bonds[leaver] ?? {});
  const owned = Object.keys(before.groups).filter((chat) => before.groups[chat].owner === leaver);
  assert.ok(held.length > 2 && owned.length > 0, "who left holds something");
  const able = ([id, one]) => id !== leaver && one.left === null && one.active && one.contact !== "None";
  const [[taker, { name }]] = Object.entries(before.staff).filter(able);

  const browser = await launch();
  t.after(() => browser.close());
  const page = await desk(browser);
  await enter(page, huoqun);
  await page.goto(huoqun.url + place);
  await page.locator(`main a[href='${place}/handover']`).first().click();
  await passes(page);
  await page.locator(`main a[href$='who=${leaver}']`).last().click();
  await passes(page);
  await page.locator("select[name=t1]").selectOption(taker);
  await page.getByRole("button", { name: "看看计划" }).click();
  await page.locator("#plan").waitFor();
  assert.match(await page.locator("#plan").innerText(), new RegExp(name));
  await passes(page);
  if (pictures) await page.screenshot({ path: join(pictures, "wecom-handover-plan.png") });
  await page.getByRole("button", { name: "开始交接" }).click();
  await page.waitForURL(/\/handover\/\d+/);
  const job = new URL(page.url()).pathname;

  // Killed while it asks; a start goes on at once.
  for (const ms of [40, 150, 600]) {
    await pause(ms);
    await huoqun.kill();
    await huoqun.run();
  }
  await until(async () => {
    const { transfers, groups } = await practice.books();
    return transfers.length >= held.length && owned.every((chat) => groups[chat].owner === taker);
  }, huoqun);
  const [refuses, agrees, ...others] = held;
  await practice.does(`customers/${refuses}/transfer`, { agreed: "no" });
  await practice.does(`customers/${agrees}/transfer`, { agreed: "yes" });
  // A start looks at what is due.
  await until(async () => {
    await pause(3_000);
    await huoqun.kill();
    await huoqun.run();
    return /全部有了结果/.test(await operator.page(job));
  }, huoqun);

  await page.goto(huoqun.url + job);
  await page.getByText("全部有了结果").first().waitFor();
  assert.match(await page.locator("main").innerText(), /客户点了拒绝/);
  await passes(page);
  if (pictures) await page.screenshot({ path: join(pictures, "wecom-handover.png") });
  const after = await practice.books();
  assert.equal(after.transfers.length, held.length, "each customer was asked for once");
  assert.deepEqual([agrees, ...others].filter((who) => !(who in (after.bonds[taker] ?? {}))), [], "they are with the taker");
  assert.ok(!(refuses in (after.bonds[taker] ?? {})) || refuses in (before.bonds[taker] ?? {}));
});

/** Looks again and again until it is so, for a minute and a half. */
async function until(holds, huoqun) {
  const end = Date.now() + 90_000;
  while (Date.now() < end) {
    if (await holds()) return;
    await pause(100);
  }
  assert.fail(`it did not come true within a minute and a half\n${huoqun.errors.slice(-2_000)}`);
}
