// Photographs the demonstration for the README: the console on a desk and on a phone, and a group's
// chat on a phone. Called by scripts/pictures, which makes the pictures small.
// Usage: node e2e/pictures.mjs FOLDER

import { join } from "node:path";

import { launch, phone } from "./lib/browser.mjs";
import { pause } from "./lib/people.mjs";
import { Huoqun } from "./lib/program.mjs";

const folder = process.argv[2];
const command = ["demo", "--quiet", "--seed", "7", "--groups", "24", "--days", "14", "--lang", "zh"];
const wide = { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false };
const huoqun = await Huoqun.start({ command });
const browser = await launch();
try {
  while (!/已就绪/.test(huoqun.errors)) await pause(200);
  const desk = await phone(browser, wide);
  await desk.goto(huoqun.console);
  await shoot(desk, "today", "/today");
  await shoot(desk, "figures", "/figures");
  await desk.goto(`${huoqun.url}/groups?mood=lively`);
  const group = await first(desk, /^\/groups\/\d+$/);
  await shoot(desk, "group", group);
  const pocket = await phone(browser, { deviceScaleFactor: 2, colorScheme: "dark" });
  await pocket.goto(huoqun.console);
  await shoot(pocket, "today-phone", "/today");

  await desk.goto(`${huoqun.url}${group}/settings`);
  const link = await first(desk, /^\/g\/[^/]+$/);
  const chat = await phone(browser, { deviceScaleFactor: 2 });
  await chat.goto(new URL(link, huoqun.url).href);
  await chat.locator("input[name=name]").fill("小林");
  if (await chat.locator("input[name=rules]").count()) await chat.locator("input[name=rules]").check();
  await chat.getByRole("button", { name: "加入群聊" }).click();
  await chat.locator("#write textarea").fill("大家好，刚搬到附近，周末一起跑 🌱");
  await chat.locator("#write button").click();
  await chat.locator("li.said.own:not(.waits)").waitFor();
  await chat.evaluate(() => document.activeElement.blur());
  await settled(chat);
  await chat.screenshot({ path: join(folder, "chat-phone.png") });
} finally {
  await browser.close();
  await huoqun.end();
}

/** Opens a page of the console and photographs what a window shows of it. */
async function shoot(page, name, path) {
  const answer = await page.goto(new URL(path, huoqun.url).href);
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`);
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The first address on the page of this shape. */
async function first(page, shape) {
  const all = await page.locator("a[href]").evaluateAll((links) => links.map((a) => new URL(a.href).pathname));
  const found = all.find((path) => shape.test(path));
  if (!found) throw new Error(`${page.url()} links to nothing like ${shape}`);
  return found;
}

/** Letters are there and nothing moves. */
function settled(page) {
  return page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
}
