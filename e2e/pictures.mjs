// Photographs the demonstration for the README: the chat on a phone and the desk. Called by
// scripts/pictures, which makes the pictures small. Usage: node e2e/pictures.mjs FOLDER

import { join } from "node:path";

import { enter, launch, phone } from "./lib/browser.mjs";
import { pause } from "./lib/people.mjs";
import { Huoqun } from "./lib/program.mjs";

const folder = process.argv[2];
const command = ["demo", "--quiet", "--seed", "7", "--groups", "24", "--days", "14", "--lang", "zh"];
const huoqun = await Huoqun.start({ command });
const browser = await launch();
try {
  while (!/已就绪/.test(huoqun.errors)) await pause(200);
  const desk = await phone(browser, { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false });
  await enter(desk, huoqun);
  await desk.goto(`${huoqun.url}/desk`);
  await settled(desk);
  await desk.screenshot({ path: join(folder, "desk.png") });

  await desk.goto(`${huoqun.url}/desk?sort=people&q=${encodeURIComponent("跑")}`);
  await desk.locator(".groups li a").first().click();
  const link = await desk.locator("section.link a").first().getAttribute("href");
  const chat = await phone(browser, { deviceScaleFactor: 2 });
  await chat.goto(link);
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

/** Letters are there and nothing moves. */
function settled(page) {
  return page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
}
