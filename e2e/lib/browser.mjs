// Chromium from the system's packages, driven by playwright-core.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

import { owner } from "./people.mjs";

const paths = [
  process.env.HUOQUN_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Path of the browser, or nothing when there is none. */
export const browserPath = paths.find((path) => path && existsSync(path));

/** Starts it. */
export function launch() {
  return chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
}

/** A phone of its own, with its own cookies. */
export async function phone(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    hasTouch: true,
    isMobile: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security|Refused/.test(message.text())) {
      page.faults.push(message.text());
    }
  });
  return page;
}

/** Comes in as the owner: makes the account, logs in, or clicks into a demonstration. */
export async function enter(page, huoqun) {
  await page.goto(huoqun.console);
  for (const form of ["/welcome/", "/login"]) {
    if (!new URL(page.url()).pathname.startsWith(form)) continue;
    for (const [name, value] of Object.entries(owner)) {
      const field = page.locator(`main input[name=${name}]`);
      if (await field.count()) await field.fill(value);
    }
    await page.locator("main form button").click();
    await page.waitForURL((url) => !url.pathname.startsWith(form));
  }
}
