// A company on WeCom, in the browser: from an empty installation to the findings, then callbacks, and
// somebody who comes in by a code and is seen. What pages say is compared with the practice company's
// own books. With HUOQUN_PICTURES=FOLDER the way is photographed; with HUOQUN_LOOKS=all every page is
// looked at in all eight looks, not in two.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { FIRST_LOAD_BYTES_MAX, inspect, looks, opened, passes } from "../lib/looks.mjs";
import { walk, wecom } from "../lib/pages.mjs";
import { Practice, callback } from "../lib/practice.mjs";
import { Huoqun } from "../lib/program.mjs";
import { desk, hired } from "../lib/staff.mjs";

const pictures = process.env.HUOQUN_PICTURES;
const skip = !browserPath && "no Chromium";

test("a company is connected, read, looked at and heard", { skip }, async (t) => {
  const practice = await Practice.start("--groups", "24", "--members", "40", "--seed", "5");
  t.after(() => practice.end());
  const huoqun = await Huoqun.start({ isPublic: true });
  t.after(() => huoqun.end());
  const browser = await launch();
  t.after(() => browser.close());
  const page = await desk(browser);
  t.after(() => assert.deepEqual(page.faults, []));
  const shoot = (name) => pictures && page.screenshot({ path: join(pictures, `wecom-${name}.png`) });
  await enter(page, huoqun);

  /** Pages that links lead to, in two looks or all eight: nothing is wrong with any; their names. */
  const allRight = async (from, within) => {
    const two = ["wide-zh-light", "phone-en-dark"];
    const picked = looks.filter(({ name }) => process.env.HUOQUN_LOOKS === "all" || two.includes(name));
    const faults = [];
    const seen = new Set();
    for (const look of picked) {
      const desk = await opened(browser, look, await page.context().storageState());
      const see = async (name, path) => {
        const picture = pictures && join(pictures, `of-${name}.${look.name}.png`);
        const { faults: found, bytes, links } = await inspect(desk, huoqun.url + path, { picture });
        seen.add(name);
        faults.push(...found.map((fault) => `${look.name} ${path}: ${fault}`));
        if (bytes > FIRST_LOAD_BYTES_MAX) faults.push(`${look.name} ${path}: ${bytes} bytes`);
        return links;
      };
      await walk(see, { from, within, prefix: "wecom-" });
      await desk.context().close();
    }
    assert.deepEqual(faults, []);
    return seen;
  };

  await t.test("it is found from the settings and connected by id and secret", async () => {
    await page.goto(`${huoqun.url}/settings`);
    await page.locator("main a[href='/settings/wecom']").first().click();
    await page.waitForURL(`${huoqun.url}/settings/wecom`);
    await passes(page);
    await page.locator("#f-corp").fill(practice.corp);
    await page.locator("#f-secret").fill("not-the-secret-of-this-app");
    await page.locator("form details > summary").click();
    await page.locator("#f-api").fill(practice.url);
    await page.getByRole("button", { name: "连接并读取" }).click();
    await page.locator("#f-secret.is-invalid").waitFor();
    await passes(page);
    assert.equal(await page.locator("#f-secret").inputValue(), "", "what is secret is not sent back");
    assert.equal(await page.locator("#f-api").inputValue(), practice.url, "the rest stays");
    await page.locator("#f-secret").fill(practice.secret);
    await shoot("connect");
    await page.getByRole("button", { name: "连接并读取" }).click();
    await page.waitForURL(/\/settings\/wecom\/\d+/);
  });
  const company = `${huoqun.url}${new URL(page.url()).pathname}`;

  await t.test("it is read while one looks, and what is found is so", async () => {
    // Nobody reloads the page.
    await page.locator("#pull >> text=读完").nth(3).waitFor({ timeout: 60_000 });
    await page.locator("#ownerless").waitFor();
    await passes(page);
    await shoot("findings");
    const books = await practice.books();
    const groups = Object.values(books.groups);
    const outside = groups.flatMap((group) => group.members.map(({ id }) => id).filter((id) => id in books.customers));
    const figure = async (label) => {
      const stat = page.locator(".hq-stats > *", { hasText: label }).first();
      return Number((await stat.locator("b").first().innerText()).replaceAll(/[^\d]/g, ""));
    };
    assert.equal(await figure("去重后的客户"), new Set(outside).size);
    assert.equal(await figure("按群相加"), outside.length);
    assert.match(await page.locator("main").innerText(), new RegExp(`${groups.length} 个客户群`));
    const left = groups.filter((group) => books.staff[group.owner].left !== null);
    const rows = await page.locator("#ownerless li").allInnerTexts();
    for (const { name } of left) assert.ok(rows.some((row) => row.includes(name || "未命名的群")), name);
  });

  await t.test("its address goes into the app's settings, and the platform verifies it", async () => {
    await page.locator(`main a[href$='/edit']`).first().click();
    for (const [slot, value] of [["agent", String(practice.agent)], ["token", callback.token], ["aes_key", callback.key]]) {
      if (!(await page.locator(`#f-${slot}`).isVisible())) await page.locator("form details > summary").click();
      await page.locator(`#f-${slot}`).fill(value);
    }
    await passes(page);
    const address = await page.locator("main code", { hasText: "/hooks/wecom/" }).innerText();
    await page.getByRole("button", { name: "保存" }).click();
    await page.waitForURL(/done=changed/);
    const platform = await desk(browser);
    t.after(() => assert.deepEqual(platform.faults, []));
    await platform.goto(`${practice.url}/practice`);
    await platform.locator("input[name=url]").fill(address);
    await platform.locator("input[name=token]").fill(callback.token);
    await platform.locator("input[name=key]").fill(callback.key);
    await platform.getByRole("button", { name: "验证并保存" }).click();
    await platform.getByText("现在发到").waitFor();
    assert.match(await platform.locator("main").innerText(), new RegExp(address));
    await platform.close();
  });

  await t.test("somebody scans a code on the desk and is seen in the console", async () => {
    const scanner = await desk(browser);
    await scanner.goto(`${practice.url}/practice/codes`);
    const books = await practice.books();
    const [code, way] = Object.entries(books.join_ways)[0];
    await scanner.goto(`${practice.url}/practice/scan/${code}`);
    await scanner.locator("input[name=name]").fill("秋天的小满");
    await scanner.getByRole("button", { name: "扫码" }).click();
    await scanner.getByText("秋天的小满").first().waitFor();
    await scanner.close();
    const found = page.locator("main a[href^='/people/']", { hasText: "秋天的小满" }).first();
    await appears(page, `${huoqun.url}/search?q=${encodeURIComponent("秋天的小满")}`, found);
    await found.click();
    await page.waitForURL(/\/people\/\d+/);
    const after = await practice.books();
    const chat = Object.values(after.groups).find((group) => group.members.some(({ id }) => after.customers[id]?.name === "秋天的小满"));
    assert.ok(way.form.chat_id_list.length > 0);
    const place = page.locator("main a[href^='/groups/']", { hasText: chat.name }).first();
    await place.waitFor();
    await passes(page);
    await place.click();
    await page.goto(`${new URL(page.url()).origin}${new URL(page.url()).pathname.match(/\/groups\/\d+/)[0]}/members`);
    await page.getByText("秋天的小满").first().waitFor();
    await shoot("member");
  });

  await t.test("a code is made, and whoever scans our link comes into its group", async () => {
    const books = await practice.books();
    const open = ([, group]) => group.name && group.status === 0 && group.members.length < 100;
    const [chat, group] = Object.entries(books.groups).find(open);
    await page.goto(`${huoqun.url}/codes/new?kind=groups`);
    await page.locator("#f-name").fill("门店海报");
    await page.locator("input[name=find]").fill(group.name);
    await page.locator("button[name=do][value=find]").first().click();
    await page.locator(`input[name=add][value$="${chat}"]`).check();
    await passes(page);
    await page.locator("button[name=do][value=save]").click();
    await page.waitForURL(/\/codes\/\d+/);
    await passes(page);
    await page.locator("#placements #f-name").fill("店门口");
    await page.locator("#placements form button.btn-primary").click();
    await page.waitForURL(/done=placed/);
    await shoot("code");
    const link = await page.locator("main code", { hasText: "/l/" }).first().innerText();
    const slug = link.split("/l/")[1];
    await passes(page);
    // The platform makes the code behind it within seconds.
    const guest = await desk(browser);
    const picture = guest.locator("img[src*='/qr/']");
    await appears(guest, link, picture);
    assert.ok(await picture.evaluate((img) => img.decode().then(() => img.naturalWidth > 0)), "the code is shown");
    const [, config] = (await picture.getAttribute("src")).match(/\/qr\/(\w+)/);
    await practice.does(`scan/${config}`, { name: "冬天的小雪" });
    await guest.close();
    const after = await practice.books();
    const seat = after.groups[chat].members.find(({ id }) => after.customers[id]?.name === "冬天的小雪");
    assert.equal(seat.by.Scanned, slug, "the platform tells the placement");
    const found = page.locator("main a[href^='/people/']", { hasText: "冬天的小雪" }).first();
    await appears(page, `${huoqun.url}/search?q=${encodeURIComponent("冬天的小雪")}`, found);
    await page.goto(`${huoqun.url}/codes/channels`);
    await page.getByText("店门口").first().waitFor();
    await passes(page);
    await shoot("channels");
  });

  await t.test("a welcome is written, and whoever adds staff by a code reads it", async () => {
    await page.goto(company);
    await page.locator("main a[href$='/welcome']").first().click();
    await page.locator("main a[href$='/welcome/new']").first().click();
    await page.locator("input[name=name]").fill("默认");
    await page.locator("textarea[name=text]").fill("你好，{昵称}！回复 1 领群规。");
    await page.getByRole("button", { name: "看效果" }).click();
    await page.locator("#preview", { hasText: "回复 1 领群规" }).waitFor();
    await passes(page);
    await shoot("welcome");
    await page.locator("main button.btn-primary[name=act][value=save]").click();
    await page.waitForURL(/\/welcome\?done=saved/);
    const books = await practice.books();
    const able = ([, way]) => way.form.user.every((id) => books.staff[id].contact === "Asked" && !books.staff[id].console_welcome);
    const [way] = Object.entries(books.ways).find(able);
    await practice.does(`scan/${way}`, { name: "春天的小林" });
    const line = page.locator("main li", { hasText: "春天的小林" }).first();
    await appears(page, `${company}/welcome`, line);
    const said = async () => {
      const { customers, welcomes } = await practice.books();
      return Object.values(welcomes.codes).filter(({ customer }) => customers[customer].name === "春天的小林");
    };
    for (let n = 0; n < 200 && !(await said()).some((code) => code.said !== null); n += 1) await page.waitForTimeout(100);
    const [{ said: words, tries }] = await said();
    assert.deepEqual([words.text, tries], ["你好，春天的小林！回复 1 领群规。", 1]);
    await appears(page, `${company}/welcome`, line.getByText("已发"));
    await passes(page);
  });

  await t.test("the doctor finds nothing wrong, on the page and in the terminal", async () => {
    await page.goto(company);
    await page.locator("main a[href$='/doctor']").first().click();
    await page.getByText("全部正常").first().waitFor();
    await passes(page);
    await shoot("doctor");
    const said = await huoqun.also("doctor");
    assert.match(said.out, new RegExp(practice.corp), said.out);
  });

  let follow;
  await t.test("a colleague is handed over, and the code that led to them follows", async () => {
    const { staff } = await practice.books();
    const able = ([, one]) => one.left === null && one.active && one.contact !== "None";
    const [[giver], [taker, { name }]] = Object.entries(staff).filter(able);
    await page.goto(`${huoqun.url}/codes/new?kind=staff`);
    await page.locator("#f-name").fill("客服");
    await page.locator("input[name=find]").fill(staff[giver].name);
    await page.locator("button[name=do][value=find]").first().click();
    await page.locator(`input[name=add][value$="${giver}"]`).check();
    await page.locator("button[name=do][value=save]").click();
    await page.waitForURL(/\/codes\/\d+/);
    const code = new URL(page.url()).pathname;

    // One of ours is them, and keeps a group here.
    const yun = await hired(browser, page, huoqun.url, { name: "小云", login: "xiaoyun", role: "operator" });
    await yun.goto(`${huoqun.url}/groups/new`);
    await yun.locator("main input[name=name]").fill("云上茶友群");
    await yun.locator("main form[method=post] button").first().click();
    await yun.waitForURL(/\/groups\/\d+/);
    await page.goto(`${huoqun.url}/staff`);
    await page.locator("main a", { hasText: "小云" }).first().click();
    const whom = page.locator("#f-who");
    await whom.selectOption(await whom.locator(`option[value$="${giver}"]`).getAttribute("value"));
    await page.locator("form[action$='/phone'] button").first().click();

    await page.goto(`${company}/handover`);
    await page.locator(`main a[href$='who=${giver}']`).last().click();
    await page.locator("select[name=t1]").selectOption(taker);
    await page.locator("select[name=codes]").selectOption("-");
    await page.locator("select[name=here]").waitFor();
    await passes(page);
    await allRight([new URL(page.url()).pathname + new URL(page.url()).search], /\/handover\/new$/);
    await page.getByRole("button", { name: "看看计划" }).click();
    await page.locator("#plan", { hasText: "1 个活码先不改" }).waitFor();
    await page.getByRole("button", { name: "开始交接" }).click();
    await page.waitForURL(/\/handover\/\d+/);
    await page.locator("#codes", { hasText: "客服" }).waitFor();
    await page.locator("#here", { hasText: "云上茶友群" }).waitFor();
    follow = new URL(page.url()).pathname;
    await passes(page);
    await shoot("handover-codes");
    await page.locator("#f-codes-to").selectOption(taker);
    await page.getByRole("button", { name: "改过去" }).click();
    await page.locator("#codes").waitFor({ state: "detached" });
    await page.goto(huoqun.url + code);
    assert.ok((await page.locator("main").innerText()).includes(name), name);
    await yun.context().close();
  });

  await t.test("every page of it looks right", async () => {
    const within = /^\/(settings\/(wecom|links)|codes|takeover|m|today|groups|people)(\/|$)/;
    const seen = await allRight([follow, ...wecom], within);
    assert.ok(seen.size > 30, `${seen.size} pages were found, fewer than there are`);
  });

  await t.test("what the platform refuses is told in plain words, and passes", async () => {
    await practice.does("troubles", { untrusted: "on" });
    await page.goto(company);
    await page.getByRole("button", { name: "重新读取" }).click();
    await page.getByText("企业可信IP").first().waitFor({ timeout: 30_000 });
    await passes(page);
    await shoot("refused");
    await practice.does("troubles", {});
    await page.goto(company);
    await page.getByRole("button", { name: "重新读取" }).click();
    await page.locator("#pull >> text=读完").nth(3).waitFor({ timeout: 60_000 });
    assert.doesNotMatch(await page.locator("main").innerText(), /停住了/);
  });
});

/** Looks at a page again and again until something stands there. */
async function appears(page, url, what) {
  for (let n = 0; n < 60; n += 1) {
    await page.goto(url);
    if (await what.count()) return;
    await page.waitForTimeout(250);
  }
  assert.fail(`${url} does not show it within fifteen seconds`);
}
