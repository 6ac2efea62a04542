// What can be seen to be wrong with a page: axe-core, layout shift, what leaves the page at its
// side, words of the program where words for people belong, errors in the browser's console (a
// broken content policy among them), and the weight of the load.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Above this the reader sees the page jump. */
const SHIFT_MAX = 0.01;

/** The first page with everything that it loads, compressed. */
export const FIRST_LOAD_BYTES_MAX = 150_000;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wide = { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false };
const small = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Both sizes, both languages, both themes: `wide-zh-light`, `phone-en-dark` … */
export const looks = [wide, small].flatMap((size) =>
  ["zh-CN", "en-GB"].flatMap((locale) =>
    ["light", "dark"].map((colorScheme) => ({
      name: [size === wide ? "wide" : "phone", locale.slice(0, 2), colorScheme].join("-"),
      options: { ...size, locale, colorScheme, timezoneId: "Asia/Shanghai" },
    })),
  ),
);

/** A page in this look, with its own cookies, or with those of another page's context. */
export async function opened(browser, { options }, storageState) {
  const context = await browser.newContext({ ...options, storageState });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(watch);
  return page;
}

/**
 * Opens `url` and says what is wrong there: `{faults, bytes, links}`. `picture` is where to
 * photograph it, `status` what it should answer, `rate` the bytes a second of a slow line.
 */
export async function inspect(page, url, { picture, status = 200, rate } = {}) {
  const faults = [];
  const onError = (error) => faults.push(`script: ${error}`);
  const onWord = (word) => {
    // A page that is meant to answer with an error is named by the browser, too.
    if (word.type() === "error" && !(status >= 400 && /status of \d+/.test(word.text()))) {
      faults.push(`console: ${word.text()}`);
    }
  };
  page.on("pageerror", onError);
  page.on("console", onWord);
  let bytes = 0;
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  if (rate) {
    const line = { offline: false, latency: 50, downloadThroughput: rate, uploadThroughput: rate };
    await client.send("Network.emulateNetworkConditions", line);
  }
  client.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  try {
    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer.status() !== status) faults.push(`answered ${answer.status()}`);
    await page.evaluate(settled);
    const shifted = await page.evaluate(() => window.shifted);
    if (shifted > SHIFT_MAX) faults.push(`layout shift ${shifted.toFixed(3)}`);
    faults.push(...(await page.evaluate(tooWide)).map((part) => `too wide: ${part}`));
    faults.push(...(await page.evaluate(rawWords)).map((word) => `raw word: ${word}`));
    if (picture) await page.screenshot({ path: picture, fullPage: true });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
    for (const { id, nodes } of violations) {
      const [{ html, any }] = nodes;
      faults.push(`axe ${id} ×${nodes.length}: ${html.slice(0, 140)} ${any[0]?.message ?? ""}`);
    }
    return { faults, bytes, links: await page.evaluate(linked) };
  } catch (error) {
    return { faults: [...faults, String(error).split("\n")[0]], bytes, links: [] };
  } finally {
    page.off("pageerror", onError);
    page.off("console", onWord);
    await client.detach().catch(() => {});
  }
}

/** Nothing that a check of accessibility finds, on the page as it stands. */
export async function passes(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const wrong = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
  assert.deepEqual(wrong, [], page.url());
}

/** Runs in the page before anything else: how far things moved by themselves. */
function watch() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Letters are there, and two frames passed. */
function settled() {
  const frame = () => new Promise(requestAnimationFrame);
  return document.fonts.ready.then(frame).then(frame);
}

/** What leaves the page at its side and does not lie in something that scrolls. */
function tooWide() {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (at) => at && (/auto|scroll|hidden/.test(getComputedStyle(at).overflowX) || scrolls(at.parentElement));
  const parts = [...document.querySelectorAll("body *")];
  const out = parts.filter((at) => at.getBoundingClientRect().right > room + 1 && !scrolls(at.parentElement));
  return out.slice(0, 3).map((at) => `${at.tagName.toLowerCase()}.${at.getAttribute("class") ?? ""}`);
}

/** Names of the program that slipped onto the page: `first_reply_ms`, `group.changed`, `Some(3)`. */
function rawWords() {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (at.closest("script,style,code,kbd,bdi,[dir=auto],.hq-words,.hq-icons,template,noscript")) continue;
    for (const [word] of walk.currentNode.data.matchAll(/\b[a-z]+(_[a-z0-9]+)+\b|\b(Some|None|Ok|Err)\b[(]|\{\{|\}\}|undefined|NaN/g)) found.add(word);
  }
  return [...found].slice(0, 5);
}

/** Addresses of this site that the page leads to. */
function linked() {
  const all = [...document.querySelectorAll("a[href]")].map((a) => new URL(a.href, location));
  return all.filter((to) => to.origin === location.origin).map((to) => to.pathname + to.search);
}
