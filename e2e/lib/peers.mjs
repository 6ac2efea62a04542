// Clients and encrypters that we did not write, in Python: `e2e/.venv` has them (scripts/test makes
// it from `e2e/requirements.txt`).

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const python = process.env.HUOQUN_PEERS_PYTHON ?? at(".venv/bin/python");

/** Why they cannot be asked, or false. */
export const noPeers = !existsSync(python) && "no Python peers: e2e/.venv is missing";

/** Lets one of `e2e/peers` work on `asked`; what it said. */
export function peer(name, asked) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [at(`peers/${name}.py`)], { stdio: ["pipe", "pipe", "pipe"] });
    const said = { out: "", errors: "" };
    child.stdout.on("data", (bytes) => (said.out += bytes));
    child.stderr.on("data", (bytes) => (said.errors += bytes));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(said.out));
      else reject(new Error(`${name} ended (${code}):\n${said.errors.slice(-4_000)}`));
    });
    child.stdin.end(JSON.stringify(asked));
  });
}
