// The console by keyboard alone: one sees where one is, comes past the menu, closes what unfolded
// and is back where one was, walks lists by j and k.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserPath, launch } from "../lib/browser.mjs";
import { looks, opened } from "../lib/looks.mjs";
import { pause } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const skip = !browserPath && "no Chromium";

test("the console is used by keyboard alone", { skip }, async (t) => {
  const command = ["demo", "--quiet", "--seed", "7", "--groups", "6", "--days", "10"];
  const huoqun = await Huoqun.start({ command });
  t.after(() => huoqun.end());
  while (!/已就绪/.test(huoqun.errors)) await pause(100);
  const browser = await launch();
  t.after(() => browser.close());
  const page = await opened(browser, looks[0]);
  await page.goto(huoqun.console);
  const go = (path) => page.goto(huoqun.url + path);
  const press = (key) => page.keyboard.press(key);
  const at = (css) => page.evaluate((css) => document.activeElement?.matches(css), css);

  await t.test("the first step leads past the menu", async () => {
    await go("/groups");
    await press("Tab");
    assert.ok(await at("a.hq-skip"));
    assert.ok(await page.locator("a.hq-skip").evaluate((a) => a.getBoundingClientRect().top >= 0));
    await press("Enter");
    assert.ok(await at("main"));
  });

  for (const path of ["/today", "/groups", "/people", "/figures", "/groups/1/settings", "/settings", "/gallery"]) {
    await t.test(`one sees where one is on ${path}`, async () => {
      await go(path);
      assert.deepEqual(await unseen(page), []);
    });
  }

  await t.test("a menu closes on Escape, and its button has the focus", async () => {
    await go("/figures");
    const menu = page.locator(".hq-actions details.hq-menu");
    await menu.locator("summary").focus();
    await press("Enter");
    await press("Tab");
    assert.ok(await at(".hq-menu-list a"));
    await press("Escape");
    assert.equal(await menu.getAttribute("open"), null);
    assert.ok(await at(".hq-actions details.hq-menu > summary"));
  });

  await t.test("a dialog gives the focus back", async () => {
    await go("/gallery");
    await page.locator("[data-open=gallery-dialog]").focus();
    await press("Enter");
    assert.ok(await page.evaluate(() => document.querySelector("dialog[open]").contains(document.activeElement)));
    await press("Escape");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.ok(await at("[data-open=gallery-dialog]"));
    await press("?");
    assert.ok(await page.locator("#hq-help[open]").count());
    await press("Escape");
    assert.ok(await at("[data-open=gallery-dialog]"));
  });

  await t.test("j, k and Enter walk the groups, / leads to the search", async () => {
    await go("/groups");
    for (const key of ["j", "j", "k", "j"]) await press(key);
    const row = page.locator("[data-row].at");
    assert.equal(await row.locator("a[data-main]").innerText(), await page.locator("[data-row] a[data-main]").nth(1).innerText());
    await press("x");
    assert.ok(await row.locator("[data-pick]").isChecked());
    const to = await row.locator("a[data-main]").getAttribute("href");
    await row.locator("a[data-main]").focus();
    await press("Enter");
    await page.waitForURL((url) => url.pathname === to);
    await press("/");
    assert.ok(await at("#hq-find"));
  });

  await t.test("j and Enter answer on Today, Escape leaves the row in hand", async () => {
    await go("/today");
    await press("j");
    await press("j");
    await press("Enter");
    assert.ok(await at(".hq-row textarea"));
    await press("Escape");
    assert.ok(await at(".hq-row"));
  });
});

/** Steps through the page by Tab; gives what has the focus and does not look so. */
async function unseen(page) {
  const found = new Set();
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press("Tab");
    const wrong = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return "end";
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const there = box.width > 0 && box.height > 0;
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && there ? "" : at.outerHTML.slice(0, 120);
    });
    if (wrong === "end") break;
    if (wrong) found.add(wrong);
  }
  return [...found];
}
