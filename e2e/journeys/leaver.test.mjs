// Somebody leaves: locked out while a feed is open before them, and what they kept goes to others.
// What cannot be handed over is told, and can be tried again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { Member } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";
import { desk, hired } from "../lib/staff.mjs";

const skip = !browserPath && "no Chromium";

/** A quarter of an hour without an answer passes in eight seconds. */
const SPEED = 120;

test("a leaver is out at once, and what they kept goes to others", { skip }, async (t) => {
  const huoqun = await Huoqun.start({ speed: SPEED });
  t.after(() => huoqun.end());
  const origin = huoqun.url;
  const browser = await launch();
  t.after(() => browser.close());
  const owner = await desk(browser);
  await enter(owner, huoqun);
  const han = await hired(browser, owner, origin, { name: "老韩", login: "laohan", role: "operator" });
  const jie = await hired(browser, owner, origin, { name: "阿杰", login: "ajie", role: "operator" });
  await hired(browser, owner, origin, { name: "小陈", login: "xiaochen", role: "staff" });
  t.after(() => assert.deepEqual([owner, han, jie].flatMap((page) => page.faults), []));

  // 老韩 opens a group, somebody there waits for an answer, and a note is written.
  await han.goto(`${origin}/groups/new`);
  await han.locator("main input[name=name]").fill("滨江夜跑团");
  await han.locator("main form[method=post] button").first().click();
  await han.waitForURL(/\/groups\/\d+/);
  const [group] = new URL(han.url()).pathname.match(/\/groups\/\d+/);
  await han.goto(`${origin}${group}/settings`);
  const [, link] = (await han.content()).match(/https?:\/\/[^"<\s]+(\/g\/[\w-]+)/);
  const lin = new Member(huoqun);
  await lin.join(link, "小林");
  await lin.write("我是新来的，请问在哪里集合？");
  await han.goto(`${origin}${group}/members`);
  await han.locator("main a", { hasText: "小林" }).first().click();
  await han.locator("form[action$='/notes'] textarea").fill("第一次来，怕跟不上");
  await han.locator("form[action$='/notes'] button").click();
  await han.getByText("第一次来，怕跟不上").first().waitFor();
  await han.goto(`${origin}/today`);
  await han.locator(".hq-row", { hasText: "我是新来的" }).waitFor({ timeout: 60_000 });

  await han.goto(`${origin}${group}/feed`);
  await han.getByText("我是新来的").first().waitFor();

  // The owner locks them out and is led on to what they leave behind.
  await owner.goto(`${origin}/staff`);
  await owner.locator("main a", { hasText: "老韩" }).first().click();
  await owner.locator("summary", { hasText: "停用" }).click();
  await owner.locator("form[action$='/lockout'] button").click();
  await owner.waitForURL(/\/handover/);
  await han.waitForURL(/\/login/);
  await lin.write("只给还在的人看");
  await jie.goto(`${origin}${group}/feed`);
  await jie.getByText("只给还在的人看").first().waitFor();
  assert.equal(await han.getByText("只给还在的人看").count(), 0, "who is out hears nothing more");
  await han.goto(`${origin}${group}/members`);
  await han.waitForURL(/\/login/);

  // Everything to 阿杰, but the notes to 小陈, who is gone before it is confirmed.
  await choose(owner, "#f-to", "阿杰");
  await choose(owner, "#f-notes", "小陈");
  await owner.locator("main form[method=get] button").click();
  await owner.getByRole("heading", { name: "确认一下" }).waitFor();
  const aside = await owner.context().newPage();
  await aside.goto(`${origin}/staff`);
  await aside.locator("main a", { hasText: "小陈" }).first().click();
  await aside.locator("summary", { hasText: "停用" }).click();
  await aside.locator("form[action$='/lockout'] button").click();
  await aside.waitForURL(/\/handover/);
  await aside.close();
  await owner.locator("main form[method=post] button", { hasText: /^交接$/ }).click();
  const outcome = (words) => owner.locator(".list-group-item", { hasText: words });
  await outcome("滨江夜跑团").first().waitFor();
  assert.match(await outcome("滨江夜跑团").first().innerText(), /已交接.*阿杰.*1 条待办/s);
  assert.match(await outcome("写过的备注").innerText(), /没有交接.*接手的人不能接/s);
  await owner.getByRole("button", { name: "没成的再试一次" }).waitFor();

  // What failed is still there to be chosen for; then nothing is left.
  await choose(owner, "#f-to", "阿杰");
  await owner.locator("main form[method=get] button").click();
  await owner.locator("main form[method=post] button", { hasText: /^交接$/ }).click();
  await owner.getByText("名下没有要交接的了").waitFor();

  await jie.goto(`${origin}/today`);
  await jie.locator(".hq-row", { hasText: "我是新来的" }).waitFor();
  await owner.goto(`${origin}/audit`);
  const log = await owner.locator("main").innerText();
  for (const act of [/停用账号/, /交接群.*滨江夜跑团|滨江夜跑团.*交接群|交接群/s, /交接备注/]) assert.match(log, act);
});

/** Chooses by the word that stands in the list. */
async function choose(page, field, word) {
  await page.locator(field).selectOption({ label: word });
}
