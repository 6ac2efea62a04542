// Which pages there are: what links lead to, and what they do not: states of a page that take a
// question in the address, work that was done before, error pages, and what a stranger sees.

import { fileURLToPath } from "node:url";

const sample = fileURLToPath(new URL("../../samples/running-group-telegram.json", import.meta.url));

/** Where the menu and the pages' links begin. */
const doors = ["/today", "/groups", "/people", "/figures", "/settings", "/me", "/search", "/gallery", "/summary", "/blacklist", "/codes", "/takeover", "/m"];

/** Where the pages of a company on WeCom begin. */
export const wecom = ["/settings/wecom", "/settings/links", "/codes", "/takeover", "/m", "/today", "/groups", "/people"];

/** Pages of the console that a link may lead to; what is fetched as a file is none. */
const ours = /^\/(today|groups|people|blacklist|figures|summary|imports|uploads|search|settings|staff|audit|doctor|gallery|me|takeover|codes|m)(\/|$)/;
const file = /\.(csv|xlsx|html|json|svg|png)$|\/(export|csv|xlsx|events|stream|card|series|part)(\/|$)/;

/** The kind of a page: its address without question, numbers and codes of figures. */
const kind = (path) =>
  path
    .replace(/\?.*/, "")
    .replace(/\/\d+(?=\/|$)/g, "/{id}")
    .replace(/^\/figures\/(?!groups|full|explore|export)\w+/, "/figures/{code}");


/** Whether a link leads to a page of the console. */
const isPage = (path) => ours.test(path) && !file.test(kind(path));

/**
 * Pages that links lead to from some pages on, one of each kind, as `see(name, path)` gives the
 * links of each; `within` says which kinds are looked at, all where it does not.
 */
export async function walk(see, { from = doors, within = /^/, most = 120, prefix = "" } = {}) {
  const queue = [...from];
  const seen = new Set();
  while (queue.length && seen.size < most) {
    const path = queue.shift();
    const which = kind(path);
    if (seen.has(which) || !within.test(which) || !isPage(path)) continue;
    seen.add(which);
    queue.push(...(await see(prefix + which.slice(1).replaceAll("/", "_").replace(/[{}]/g, ""), path)));
  }
}

/** Pages with a question in their address, by name. */
export const asked = {
  "today-mine": "/today?who=mine",
  "groups-found": "/groups?q=a",
  "groups-none": "/groups?q=zzzzzz",
  "groups-silent": "/groups?mood=silent&sort=members",
  "people-none": "/people?q=zzzzzz",
  "search-found": "/search?q=a",
  "search-none": "/search?q=zzzzzz",
  "figures-year": "/figures?w=90d&c=last_year",
  "figures-dates": "/figures?w=custom&from=2026-01-01&to=2026-02-31&c=custom&cfrom=x&cto=",
  "figures-groups-compared": "/figures/groups?w=30d&c=before",
  "summary-week": "/summary?w=7d&c=before",
};

/** Pages whose parts take their room from what comes later: figures, tables, rows with buttons. */
export const streamed = [
  "/today",
  "/people",
  "/groups/3/members",
  "/groups/3/activity?days=7",
  "/figures/groups?w=30d&c=before",
  "/figures/joins/groups/3?w=7d",
];

/** Pages that answer with an error, and with which. */
export const wrong = { "error-missing": ["/groups/999999999", 404], "error-person": ["/people/999999999", 404] };

/**
 * What an owner did before: an import that waits, then one that is done, and an invitation; gives
 * pages by name, and the link of the invitation.
 */
export async function prepared(page, origin) {
  await page.goto(`${origin}/imports`);
  await page.locator("input[name=files]").setInputFiles(sample);
  await page.locator("form[action='/uploads'] button").click();
  await page.waitForURL(/\/uploads\/\d+/);
  await page.locator("button[form=start]").click();
  const done = page.locator("a[href^='/imports/']").first();
  await done.waitFor({ timeout: 120_000 });
  const uploaded = new URL(page.url()).pathname;
  const imported = await done.getAttribute("href");
  await page.goto(`${origin}/imports`);
  await page.locator("input[name=files]").setInputFiles(sample);
  await page.locator("form[action='/uploads'] button").click();
  await page.waitForURL(/\/uploads\/\d+/);
  const waits = new URL(page.url()).pathname;
  await page.goto(`${origin}/staff/new`);
  await page.locator("form[action='/staff/invitations'] button[type=submit]").click();
  const invitation = await page.locator("main input[readonly]").inputValue();
  return { pages: { "upload-waits": waits, "upload-done": uploaded, import: imported }, invitation };
}

/** What somebody sees who did not come in. */
export async function outside(origin, invitation) {
  return { login: [`${origin}/login`], welcome: [invitation], "welcome-used": [`${origin}/welcome/none`, 404], missing: [`${origin}/nowhere`, 404] };
}
