// Who may what, seen from the browser: the owner invites somebody who keeps one group and somebody
// who only looks. Nobody finds a button for what they may not, nor gets past a missing one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, enter, launch } from "../lib/browser.mjs";
import { Member, Operator } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";
import { comeBack, desk, forms, hired, post } from "../lib/staff.mjs";

const skip = !browserPath && "no Chromium";

/** What everybody may do: look around, and see to the own account. */
const OWN = /^\/(login|logout|me\/)/;

/** The owner's desk, and two groups with somebody in each. */
async function office(t) {
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  const groups = [];
  for (const [name, who] of [["滨江夜跑团", "小林"], ["读书会", "阿杰"]]) {
    const group = await operator.open(name);
    const member = new Member(huoqun);
    await member.join(group.path, who);
    group.said = (await member.write(`大家好，我是${who}`)).key;
    groups.push(group);
  }
  const browser = await launch();
  t.after(() => browser.close());
  const owner = await desk(browser);
  await enter(owner, huoqun);
  return { huoqun, browser, owner, groups, origin: huoqun.url };
}

/** Words of the menu at the side. */
const menu = (page) => page.locator(".hq-menu-side a").evaluateAll((all) => all.map((a) => a.pathname));

test("who keeps one group sees that one, and the rest is as if it were not there", { skip }, async (t) => {
  const { browser, owner, groups: [own, other], origin } = await office(t);
  const lin = await hired(browser, owner, origin, { name: "老韩", login: "laohan", role: "operator", groups: [own.id] });
  await comeBack(lin, "laohan");
  t.after(() => assert.deepEqual([...owner.faults, ...lin.faults], []));

  await lin.goto(`${origin}/groups`);
  assert.equal(await lin.getByText("滨江夜跑团").count() > 0, true);
  assert.equal(await lin.getByText("读书会").count(), 0);
  const { text: missing } = await read(lin, "/groups/999999");
  for (const path of ["", "/feed", "/members", "/flow", "/activity", "/questions", "/settings", "/members.csv", "/events"]) {
    const { status, text } = await read(lin, `${other.place}${path}`);
    assert.equal(status, 404, path);
    assert.equal(text, missing, "not told from a group that never was");
  }
  for (const path of ["/people", "/search?q=阿杰", "/search?q=读书会", "/figures/groups", "/today"]) {
    const { status, text } = await read(lin, path);
    assert.equal(status, 200, path);
    assert.doesNotMatch(text, /读书会|大家好，我是阿杰/, path);
  }
  await lin.goto(`${origin}${own.place}/settings`);
  for (const { action, fields } of await forms(lin)) {
    if (!action.startsWith(own.place)) continue;
    const there = action.replace(own.place, other.place);
    assert.equal(await post(lin, there, fields), 404, there);
  }
  for (const path of ["/staff", "/staff/new", "/audit", "/imports"]) {
    assert.equal((await read(lin, path)).status, 403, path);
  }
  assert.equal(await post(lin, "/staff/invitations", [["role", "owner"], ["scope", "all"]]), 403);

  // What they may they can: a word into the own group.
  await lin.goto(`${origin}${own.place}/feed`);
  await lin.locator("main textarea[name=text]").first().fill("周四 20:00 西岸集合");
  await lin.locator("main form[action$='/messages'] button").first().click();
  await lin.locator("li.said", { hasText: "西岸集合" }).waitFor();
});

test("who only looks finds no button that changes something, and gets past none", { skip }, async (t) => {
  const { browser, owner, groups: [group], origin } = await office(t);
  const reader = await hired(browser, owner, origin, { name: "小螃蟹", login: "reader", role: "read_only" });
  await comeBack(reader, "reader");
  t.after(() => assert.deepEqual([...owner.faults, ...reader.faults], []));
  assert.deepEqual(await menu(reader), (await menu(owner)).filter((path) => path !== "/imports"));

  const { place } = group;
  const person = await first(owner, `${origin}${place}/members`, /^\/people\/\d+$/);
  const tabs = ["/feed", `/feed?line=${group.said}`, "/members", "/flow", "/activity", "/questions", "/settings"];
  const pages = ["/today", "/groups", "/people", person, "/blacklist", "/figures", "/summary", "/settings", "/settings/effective", "/search?q=小林", "/doctor", ...tabs.map((tab) => place + tab)];
  const known = new Map();
  for (const path of pages) {
    await owner.goto(origin + path);
    for (const form of await forms(owner)) if (!OWN.test(form.action) && !form.files) known.set(form.action, form.fields);
    const answer = await reader.goto(origin + path);
    if (answer.status() === 403) continue;
    assert.equal(answer.status(), 200, path);
    const shown = (await forms(reader)).map(({ action }) => action).filter((action) => !OWN.test(action));
    assert.deepEqual(shown, [], path);
  }
  assert.ok(known.size >= 18, [...known.keys()].join(" "));
  for (const [action, fields] of known) {
    const status = await post(reader, action, fields.map(([name, value]) => [name, value || "1"]));
    assert.ok([403, 404].includes(status), `${action} answered ${status}`);
  }
  await owner.goto(`${origin}/audit`);
  const acts = await owner.locator("main tbody tr", { hasText: "小螃蟹" }).allInnerTexts();
  assert.ok(acts.length > 0 && acts.every((act) => /登录|退出|加入/.test(act)), acts.join("\n"));
});

/** What an address answers; what stands in fields, such as what was searched for, is left out. */
async function read(page, path) {
  const answer = await page.request.get(new URL(path, page.url()).href, { maxRedirects: 0 });
  return { status: answer.status(), text: (await answer.text()).replace(/value="[^"]*"/g, "") };
}

/** The first address of this shape on a page. */
async function first(page, url, shape) {
  await page.goto(url);
  const all = await page.locator("a[href]").evaluateAll((links) => links.map((a) => a.pathname));
  return all.find((path) => shape.test(path));
}
