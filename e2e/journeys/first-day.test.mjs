// The first day: from the link in the terminal to a group that talks, and somebody new who is
// answered from Today. And who guesses passwords is slowed down.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, enter, launch, phone } from "../lib/browser.mjs";
import { passes } from "../lib/looks.mjs";
import { owner } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const skip = !browserPath && "no Chromium";

/** A quarter of an hour without an answer passes in fifteen seconds. */
const SPEED = 60;

test("first start, a group, two who talk, and somebody new who is answered", { skip }, async (t) => {
  const huoqun = await Huoqun.start({ speed: SPEED });
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const desk = await phone(browser, { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false });
  await enter(desk, huoqun);
  await desk.goto(`${huoqun.url}/today`);
  await desk.locator("#hq-empty").waitFor();
  await passes(desk);

  await desk.goto(`${huoqun.url}/groups/new`);
  await passes(desk);
  await desk.locator("main input[name=name]").fill("滨江夜跑团");
  await desk.locator("main form[method=post] button").first().click();
  await desk.waitForURL(/\/groups\/\d+/);
  const [group] = new URL(desk.url()).pathname.match(/\/groups\/\d+/);
  await desk.goto(`${huoqun.url}${group}/settings`);
  const [, link] = (await desk.content()).match(/https?:\/\/[^"<\s]+(\/g\/[\w-]+)/);

  const [ann, bob, chen] = await Promise.all([phone(browser), phone(browser), phone(browser)]);
  t.after(() => assert.deepEqual([desk, ann, bob, chen].flatMap((page) => page.faults), []));
  await comeIn(ann, huoqun.url + link, "小林");
  await comeIn(bob, huoqun.url + link, "阿杰");
  await desk.goto(`${huoqun.url}${group}/feed`);
  await say(ann, "大家好，我是小林");
  await bob.getByText("大家好，我是小林").first().waitFor();
  await say(bob, "欢迎，周四一起跑");
  await desk.getByText("欢迎，周四一起跑").first().waitFor();
  await passes(desk);
  await say(ann, "好的，周四见");

  await desk.goto(`${huoqun.url}/today`);
  await comeIn(chen, huoqun.url + link, "小陈");
  await say(chen, "我是新来的，请多关照");
  // Nobody reloads the page: the row comes by itself.
  const row = desk.locator(".hq-row", { hasText: "我是新来的" });
  await row.waitFor({ timeout: 90_000 });
  assert.match(await row.innerText(), /新人首次发言/);
  await passes(desk);
  await row.locator(".hq-write > summary").click();
  await row.locator("textarea").fill("欢迎小陈！周四 20:00 西岸集合");
  await row.locator(".hq-send button").click();
  await row.waitFor({ state: "detached" });
  const answer = chen.locator("li.said", { hasText: "周四 20:00 西岸集合" });
  await answer.waitFor();
  assert.match(await answer.innerText(), /管理/);
});

test("who guesses passwords is slowed down", { skip }, async (t) => {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const first = await phone(browser);
  await enter(first, huoqun);
  const page = await phone(browser);
  for (let guess = 0; guess < 12; guess += 1) {
    await page.goto(`${huoqun.url}/login`);
    await page.locator("main input[name=login]").fill(owner.login);
    await page.locator("main input[name=password]").fill(`guess ${guess}`);
    await page.locator("main form button").first().click();
    await page.waitForLoadState();
    if (/秒后再试|分钟后再试/.test(await page.locator("body").innerText())) {
      return passes(page);
    }
  }
  assert.fail("twelve guesses and nobody said to wait");
});

async function comeIn(page, link, name) {
  await page.goto(link);
  await page.locator("input[name=name]").fill(name);
  await page.getByRole("button", { name: /加入群聊/ }).click();
  await page.locator("#write").waitFor();
}

async function say(page, text) {
  await page.locator("#write textarea").fill(text);
  await page.locator("#write button").click();
}
