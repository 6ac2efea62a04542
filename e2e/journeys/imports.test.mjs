// Earlier chats come in through the browser: figures and people appear, the import is undone, and
// they are gone, while what lives on stays. A file that is no export says which one, and what to do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { Member, Operator, pause } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";
import { desk } from "../lib/staff.mjs";

const skip = !browserPath && "no Chromium";
const sample = fileURLToPath(new URL("../../samples/running-group-qq.txt", import.meta.url));
const NAME = "滨江夜跑团（秋季训练营）";

test("an export is uploaded, seen, undone, and gone", { skip }, async (t) => {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const origin = huoqun.url;
  const operator = new Operator(huoqun);
  await operator.enter();
  const live = await operator.open("读书会");
  const lin = new Member(huoqun);
  await lin.join(live.path, "小林");
  await lin.write("今天读到第三章");
  const browser = await launch();
  t.after(() => browser.close());
  const page = await desk(browser);
  t.after(() => assert.deepEqual(page.faults, []));
  await enter(page, huoqun);

  await upload(page, origin, sample);
  await page.getByText(NAME).first().waitFor();
  const told = page.waitForResponse((answer) => /\/uploads\/\d+\/progress/.test(answer.url()));
  await page.locator("button[form=start]").click();
  await page.locator("#progress").waitFor();
  assert.equal((await told).status(), 200, "progress comes by itself");
  // The page is loaded again once it is done.
  await page.getByRole("heading", { name: "导入完成" }).waitFor({ timeout: 60_000 });
  const undo = await page.locator("main a[href^='/imports/']").getAttribute("href");

  await page.getByRole("link", { name: "去看群" }).click();
  await page.locator("main tbody a", { hasText: NAME }).first().waitFor();
  await until(page, async () => Number(await figure(page, origin)) > 1_000, "figures are there");
  assert.ok((await people(page, origin, "Rita")) > 0, "people are there");

  await page.goto(origin + undo);
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByText("已撤销").first().waitFor();
  await until(page, async () => {
    await page.goto(`${origin}/groups`);
    return (await page.getByText(NAME).count()) === 0;
  }, "the group is gone");
  assert.ok((await page.getByText("读书会").count()) > 0, "what lives stays");
  assert.equal(await people(page, origin, "Rita"), 0);
  assert.ok((await people(page, origin, "小林")) > 0);
  await until(page, async () => Number(await figure(page, origin)) <= 1, "figures are as before");
});

test("a file that is no export is named, with what to do about it", { skip }, async (t) => {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const page = await desk(browser);
  t.after(() => assert.deepEqual(page.faults, []));
  await enter(page, huoqun);
  const notes = { name: "购物清单.txt", mimeType: "text/plain", buffer: Buffer.from("鸡蛋\n牛奶\n") };
  await upload(page, huoqun.url, notes);
  const said = await page.locator("main").innerText();
  assert.match(said, /购物清单\.txt/, "which file");
  assert.match(said, /格式|导出/, "and what to do");
  await page.getByRole("button", { name: "不导入了，删掉文件" }).click();
  await page.waitForURL(/\/imports/);
  assert.equal(await page.getByText("购物清单.txt").count(), 0);
});

async function upload(page, origin, file) {
  await page.goto(`${origin}/imports`);
  await page.locator("input[name=files]").setInputFiles(file);
  await page.locator("form[action='/uploads'] button").click();
  await page.waitForURL(/\/uploads\/\d+/);
}

/** Messages by members over all time, as the page of figures says. */
async function figure(page, origin) {
  await page.goto(`${origin}/figures?w=custom&from=2025-01-01&to=2026-12-31`);
  const words = await page.locator("main").innerText();
  return words.match(/消息[^\d]*([\d,]+)/)?.[1].replaceAll(",", "") ?? "0";
}

/** How many people of this name the list finds. */
async function people(page, origin, name) {
  await page.goto(`${origin}/people?q=${encodeURIComponent(name)}`);
  return page.locator("main tbody tr", { hasText: name }).count();
}

async function until(page, holds, what) {
  for (let n = 0; n < 100; n += 1) {
    if (await holds()) return;
    await pause(200);
  }
  assert.fail(`${what}: not so; the page says ${await page.locator("main").innerText()}`);
}
