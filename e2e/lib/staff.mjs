// Colleagues in real browsers: invited, coming in, each in a window of their own.

import { phone } from "./browser.mjs";

const password = "雨后的山路慢慢走到头";

/** A window on a desk, with its own cookies. */
export function desk(browser) {
  return phone(browser, { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false });
}

/** The owner makes an invitation through the page; `groups`: the numbers of theirs, or all. */
export async function invite(owner, origin, { role, groups }) {
  await owner.goto(`${origin}/staff`);
  await owner.locator("main a[href='/staff/new']").first().click();
  await owner.locator(`input[name=role][value=${role}]`).check();
  await owner.locator(`input[name=scope][value=${groups ? "some" : "all"}]`).check();
  for (const group of groups ?? []) await owner.locator(`input[name=groups][value="${group}"]`).check();
  await owner.locator("main form[action='/staff/invitations'] button[type=submit]").click();
  return owner.locator("main input[readonly]").inputValue();
}

/** Somebody uses an invitation in a window of their own. */
export async function hired(browser, owner, origin, { name, login, ...grant }) {
  const link = await invite(owner, origin, grant);
  const page = await desk(browser);
  await page.goto(link);
  for (const [field, value] of Object.entries({ name, login, password })) await page.locator(`#${field}`).fill(value);
  await page.locator("main form button").click();
  await page.waitForURL(`${origin}/today`);
  return page;
}

/** Goes out by the menu, and in again by login and password. */
export async function comeBack(page, login) {
  await page.locator(".hq-who > summary").click();
  await page.locator(".hq-who form[action='/logout'] button").click();
  await page.waitForURL(/\/login/);
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await page.locator("main form button").click();
  await page.waitForURL(/\/today/);
}

/** Every form with a button that changes something: where to, with the fields as they stand. */
export function forms(page) {
  return page.locator("form[method=post]").evaluateAll((all) =>
    all
      .filter((form) => [...form.elements].some((one) => one.type === "submit"))
      .map((form) => ({
        action: new URL(form.action).pathname,
        fields: [...new FormData(form)].filter(([, value]) => typeof value === "string"),
        files: form.enctype === "multipart/form-data",
      })),
  );
}

/** Sends a form as the page's reader would, past every button; gives the status. */
export async function post(page, path, fields = []) {
  const data = new URLSearchParams(fields).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: new URL(page.url()).origin };
  const answer = await page.request.post(new URL(path, page.url()).href, { data, headers, maxRedirects: 0 });
  return answer.status();
}
