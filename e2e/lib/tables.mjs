// Our own tables, read past the program: what a journey compares with the truth outside.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const most = { maxBuffer: 256 * 1024 * 1024 };

/** Whether the tables of a file can be read here. */
export const readsFiles = await run("sqlite3", ["--version"]).then(() => true, () => false);

/** Rows of a query, as objects; `huoqun` may run or not. */
export async function rows(huoqun, query) {
  const [how, database] = huoqun.place;
  if (how === "--database") {
    const all = `SELECT COALESCE(json_agg(r), '[]') FROM (${query}) AS r`;
    return JSON.parse((await run("psql", ["-d", database, "-qAtc", all], most)).stdout);
  }
  const file = join(database, "huoqun.db");
  const said = await run("sqlite3", ["-readonly", "-json", "-cmd", ".timeout 5000", file, query], most);
  return JSON.parse(said.stdout || "[]");
}
