// Without JavaScript the console is plainer and does the same: logging in, answering from Today,
// the settings of a group, a note about a person, another window of the figures.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, enter, launch, phone } from "../lib/browser.mjs";
import { Member, owner } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const skip = !browserPath && "no Chromium";

/** A quarter of an hour without an answer passes in less than two seconds. */
const SPEED = 600;

test("a day of work without JavaScript", { skip }, async (t) => {
  const huoqun = await Huoqun.start({ speed: SPEED });
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const page = await phone(browser, { javaScriptEnabled: false });
  const go = (path) => page.goto(new URL(path, huoqun.url).href);
  await enter(page, huoqun);

  await t.test("who logs out logs in again", async () => {
    await go("/me");
    await page.locator("main form[action='/logout'] button").click();
    await go("/today");
    assert.match(page.url(), /\/login/);
    await page.locator("input[name=login]").fill(owner.login);
    await page.locator("input[name=password]").fill(owner.password);
    await page.locator("main form button").click();
    assert.match(page.url(), /\/today/, "the way leads back to where one wanted to go");
  });

  await go("/groups/new");
  await page.locator("main input[name=name]").fill("滨江夜跑团");
  await page.locator("main form[method=post] button").first().click();
  await page.waitForURL(/\/groups\/\d+/);
  const [group] = new URL(page.url()).pathname.match(/\/groups\/\d+/);

  await t.test("the settings of a group are kept", async () => {
    await go(`${group}/settings`);
    assert.ok(await page.locator("#f-threshold").count(), await page.locator("body").innerText());
    await page.locator("#f-threshold").fill("跑过五公里");
    await page.locator(`form[action='${group}/card'] .card-footer button`).click();
    await go(`${group}/settings`);
    assert.equal(await page.locator("#f-threshold").inputValue(), "跑过五公里");
  });

  const [, link] = (await page.content()).match(/https?:\/\/[^"<\s]+(\/g\/[\w-]+)/);
  const ann = new Member(huoqun);
  await ann.join(link, "小林");
  await ann.write("大家好，请问周四几点集合？");

  await t.test("somebody new is answered from Today", async () => {
    const row = page.locator(".hq-row", { hasText: "几点集合" });
    for (let n = 0; n < 100 && !(await row.count()); n += 1) {
      await page.waitForTimeout(100);
      await go("/today");
    }
    await row.locator(".hq-write > summary").click();
    await row.locator("textarea").fill("欢迎小林！周四 20:00 西岸");
    await row.locator(".hq-send button").click();
    await page.locator("#hq-said", { hasText: /./ }).waitFor();
    assert.equal(await page.locator(".hq-row", { hasText: "几点集合" }).count(), 0);
    assert.match(await ann.page(link), /周四 20:00 西岸/);
  });

  await t.test("a note stands with the person", async () => {
    await go("/people");
    await page.locator("main a[data-main]", { hasText: "小林" }).click();
    await page.locator("textarea[name=text]").fill("想带朋友一起来");
    await page.locator("form[action$='/notes'] button").first().click();
    await page.locator("form[action$='/notes'] ~ * .hq-note", { hasText: "想带朋友一起来" }).waitFor();
  });

  await t.test("another window of the figures", async () => {
    await go("/figures");
    await page.locator("select[name=w]").selectOption("7d");
    await page.locator("form.hq-window button").click();
    assert.match(page.url(), /w=7d/);
    assert.equal(await page.locator("select[name=w]").inputValue(), "7d");
    await page.locator(".hq-definition summary").first().click();
    await page.locator(".hq-definition[open] dd").first().waitFor();
  });
});
