// Every page that members see, and how staff come to them, looked at by an accessibility checker:
// phone and desk, light and dark, Chinese and English; and the chat used by keyboard alone. The
// pages of the console have `looks`. With HUOQUN_PICTURES=FOLDER each page is photographed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { browserPath, launch, phone, enter } from "../lib/browser.mjs";
import { Member, Operator } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.HUOQUN_PICTURES;
const skip = !browserPath && "no Chromium";

const looks = [
  { name: "phone-zh-light" },
  { name: "phone-en-dark", locale: "en-GB", colorScheme: "dark" },
  { name: "wide-zh-dark", colorScheme: "dark", viewport: { width: 1440, height: 900 }, isMobile: false },
  { name: "wide-en-light", locale: "en-GB", viewport: { width: 1440, height: 900 }, isMobile: false },
];

/** A group with something on every page; two people wait for an answer. */
async function busyPlace(t) {
  // The clock runs fast, so that somebody has waited too long by the time we look.
  const huoqun = await Huoqun.start({ speed: 2_000 });
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  for (const name of ["读书会", "夜跑团", "宝妈团", "Reading Club", "宠物群"]) await operator.open(name);
  const group = await operator.open("早起打卡群");
  const landing = group.path;
  await operator.keep(group);
  await operator.act(group, "announcement", { text: "周四 20:00 西岸集合，下雨顺延。" });
  await operator.act(group, "announcement", { text: "改到周五 20:00。\nhttps://a.example/route" });
  const ann = new Member(huoqun);
  await ann.join(group.path, "小林");
  const first = await ann.write("大家好，我是新来的 🌱");
  const bob = new Member(huoqun);
  await bob.join(group.path, "Bob");
  const { key } = await bob.write("明天几点集合？\n在哪里？");
  await ann.ask(`${group.path}/messages`, { form: { key: ann.mint(), text: "@Bob 桥下面 👍🏽", reply_to: key } });
  await operator.act(group, "pins", { of: key, on: 1 });
  await operator.act(group, "messages", { text: "我是官方号，有事找我。", as: "host" });
  await operator.act(group, "rules", { text: "一、不发广告。\n二、有问题直接问。" });
  const taken = await ann.write("发错了");
  await ann.ask(`${group.path}/recalls`, { form: { key: ann.mint(), of: taken.key } });
  await bob.write("那下周呢，还是老时间吗？");
  return { huoqun, operator, group, landing, key, first };
}

test("no page keeps anybody out", { skip }, async (t) => {
  const { huoqun, group, landing, key } = await busyPlace(t);
  const browser = await launch();
  t.after(() => browser.close());
  for (const look of looks) {
    const page = await phone(browser, look);
    const see = (name, path) => check(page, look.name, name, path && huoqun.url + path);
    await see("landing", landing);
    await see("login", "/login");
    await enter(page, huoqun);
    await page.goto(`${huoqun.url}/today`);
    await page.locator("#hq-rows > li").first().waitFor({ timeout: 30_000 });
    await see("today");
    for (const tab of ["feed", "settings"]) await see(tab, `${group.place}/${tab}`);
    await see("landing-keeper", landing);
    await page.locator("form[action$=entry] button").click();
    await page.locator("#write").waitFor();
    const base = new URL(page.url()).pathname;
    await see("chat");
    await see("chat-at", `${base}?at=${key}`);
    for (const name of ["members", "keeping", "announcements", "rules"]) await see(name, `${base}/${name}`);
    await see("line", `${base}?line=${key}`);
    await see("missing", "/g/nowhere");
    await page.goto(huoqun.url + base);
    await page.locator("li.said a.on").last().click();
    await page.locator("dialog[open]").waitFor();
    await see("sheet");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test("the chat is used by keyboard alone", { skip }, async (t) => {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  const group = await operator.open("早起打卡群");
  const bob = new Member(huoqun);
  await bob.join(group.path, "Bob");
  await bob.write("明天几点集合？");
  const browser = await launch();
  t.after(() => browser.close());
  const page = await phone(browser, { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false });
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focus = (css) => page.evaluate((css) => document.activeElement?.matches(css), css);
  const tabTo = async (css, key = "Tab") => {
    for (let n = 0; n < 40 && !(await focus(css)); n += 1) await press(key);
    assert.ok(await focus(css), `${css} is reached by ${key}`);
  };
  await page.goto(huoqun.url + group.path);
  await tabTo("input[name=name]");
  await page.keyboard.type("小林");
  await press("Enter");
  await page.locator("#write").waitFor();
  await tabTo("#write textarea");
  await page.keyboard.type("第一行");
  await press("Shift+Enter");
  await page.keyboard.type("第二行 @b");
  await page.locator("#names button", { hasText: "Bob" }).waitFor();
  await press("Enter", "Enter");
  const own = page.locator("li.said.own:not(.waits)");
  await own.waitFor();
  assert.equal(await own.locator(".text").innerText(), "第一行\n第二行 @Bob");
  assert.ok(await focus("#write textarea"), "goes on writing at once");

  await tabTo("li.said:not(.own) a.on", "Shift+Tab");
  await press("Enter");
  await page.locator("dialog[open]").waitFor();
  assert.ok(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)));
  await press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.ok(await focus("li.said:not(.own) a.on"), "the focus comes back");
  await press("Enter");
  await tabTo("dialog a[data-reply]");
  await press("Enter");
  assert.ok(await focus("#write textarea"), "a reply is written at once");
  await page.keyboard.type("八点");
  await press("Enter");
  await page.locator("li.said.own a.quote", { hasText: "几点集合" }).waitFor();
  await tabTo("main#lines", "Shift+Tab");
  assert.deepEqual(page.faults, []);
});

async function check(page, look, name, url) {
  if (url) await page.goto(url);
  if (pictures) await page.screenshot({ path: join(pictures, `${look}-${name}.png`) });
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const words = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
  assert.deepEqual(words, [], `${look} ${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${look} ${name} is ${wide} pixels too wide`);
}
