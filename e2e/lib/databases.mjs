// The databases that a journey runs on: SQLite always, PostgreSQL when it is installed.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../../scripts/postgres-for-tests", import.meta.url));

let made = 0;

/** Makes an empty PostgreSQL database for one test; null when PostgreSQL is not installed. */
async function postgres() {
  let url;
  try {
    url = (await run(script, ["start"])).stdout.trim();
  } catch (error) {
    if (error.code === 2) {
      console.error("!! SKIPPED on PostgreSQL: it is not installed");
      return null;
    }
    throw error;
  }
  const name = `e2e_${process.pid}_${(made += 1)}`;
  const server = new URL(url);
  await run("psql", ["-d", url, "-qc", `DROP DATABASE IF EXISTS ${name}`, "-c", `CREATE DATABASE ${name}`]);
  server.pathname = `/${name}`;
  return server.toString();
}

/** Each with how to make a fresh one. */
export const databases = [
  { name: "SQLite", make: async () => undefined },
  { name: "PostgreSQL", make: postgres },
];
