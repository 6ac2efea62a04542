// Two phones in one group, in a real browser: they come in by the link, talk, reply, take back,
// and go on after the program was killed and started again. With HUOQUN_PICTURES=FOLDER every
// stop of the way is photographed, light and dark, in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { browserPath, launch, phone } from "../lib/browser.mjs";
import { Operator } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.HUOQUN_PICTURES;

test("two phones meet, talk, take back, and go on after a crash", { skip: !browserPath && "no Chromium" }, async (t) => {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const operator = new Operator(huoqun);
  await operator.enter();
  const group = await operator.open("滨江夜跑团");
  await operator.keep(group);
  await operator.act(group, "rules", { text: "一、不发广告。\n二、有问题直接问，会有人答。" });
  await operator.act(group, "announcement", { text: "周四 20:00 西岸集合，下雨顺延。" });

  const ann = await phone(browser);
  const bob = await phone(browser, { colorScheme: "dark", locale: "en-GB" });
  t.after(() => assert.deepEqual([...ann.faults, ...bob.faults], []));
  await join_(ann, huoqun.url + group.path, "小林", /加入群聊/);
  await join_(bob, huoqun.url + group.path, "Bob", /Join the group/);

  await say(ann, "大家好，周四几点集合？");
  const question = bob.locator("li.said", { hasText: "几点集合" });
  await question.waitFor();
  await photograph("talk", ann, bob);

  await question.locator("a.on").click();
  await bob.locator("#sheet a[data-reply]").click();
  await say(bob, "20:00，西岸的桥下面见");
  const answer = ann.locator("li.said", { hasText: "桥下面见" });
  await answer.locator("a.quote").waitFor();
  assert.match(await answer.locator("a.quote").innerText(), /小林.*几点集合/s);

  await say(bob, "这条发错了");
  const wrong = bob.locator("li.said", { hasText: "这条发错了" });
  await wrong.locator("a.on").click();
  await bob.locator("#sheet form[action$=recalls] button").click();
  await ann.locator("li.said.gone").waitFor();
  assert.equal(await ann.locator("li.said", { hasText: "这条发错了" }).count(), 0);

  await huoqun.kill();
  await say(ann, "断线的时候写的");
  await ann.locator("li.waits", { hasText: "断线的时候写的" }).waitFor();
  await huoqun.run();
  await bob.locator("li.said", { hasText: "断线的时候写的" }).waitFor({ timeout: 30_000 });
  await ann.locator("li.said:not(.waits)", { hasText: "断线的时候写的" }).waitFor();
  await say(bob, "回来了");
  await ann.locator("li.said", { hasText: "回来了" }).waitFor();
  for (const page of [ann, bob]) {
    const texts = await page.locator("li.said:not(.gone) .text").allInnerTexts();
    assert.deepEqual(texts, ["大家好，周四几点集合？", "20:00，西岸的桥下面见", "断线的时候写的", "回来了"]);
    await page.reload();
    assert.deepEqual(await page.locator("li.said:not(.gone) .text").allInnerTexts(), texts);
    assert.deepEqual(await trouble(page), []);
  }
  await photograph("after", ann, bob);
});

/** Comes in by the link: rules are shown and have to be accepted (D17). */
async function join_(page, link, name, button) {
  await page.goto(link);
  await photograph(`landing-${name}`, page);
  assert.deepEqual(await trouble(page), []);
  await page.locator("input[name=name]").fill(name);
  await page.getByRole("button", { name: button }).click();
  assert.equal(await page.locator("#write").count(), 0, "came in without accepting the rules");
  await page.locator("input[name=rules]").check();
  await page.getByRole("button", { name: button }).click();
  await page.locator("#write").waitFor();
}

async function say(page, text) {
  await page.locator("#write textarea").fill(text);
  await page.locator("#write button").click();
}

/** What a check of accessibility finds. */
async function trouble(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
}

async function photograph(name, ...pages) {
  if (!pictures) return;
  for (const [n, page] of pages.entries()) await page.screenshot({ path: join(pictures, `${name}-${n}.png`) });
}
