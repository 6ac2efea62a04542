// The program under test, as a user starts it: a real process with its own database.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Path of the program: HUOQUN_BIN, else the debug build. */
export const program = process.env.HUOQUN_BIN ?? join(root, "target/debug/huoqun");

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** The line of JSON that a program says when it listens. */
export function saidBy(child, errors) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const end = text.indexOf("\n");
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)));
    });
    child.once("exit", (code, signal) =>
      reject(new Error(`huoqun ended (${code ?? signal}) before it listened:\n${errors()}`)),
    );
  });
}

/** A running huoqun; `place` survives kills and restarts. */
export class Huoqun {
  constructor(it) {
    Object.assign(this, it, { child: null, said: null, errors: "" });
  }

  /**
   * Starts it on a fresh folder (or the PostgreSQL database at `database`), with a clock that runs
   * `speed` times as fast as the wall's from `from` on; or on the data at `place`. `isPublic`: it is
   * told the address under which it is reached.
   */
  static async start({ command = ["serve"], database, place, speed = 1, from = Date.now(), isPublic = false } = {}) {
    const folder = await mkdtemp(join(tmpdir(), "huoqun-e2e-"));
    place ??= database ? ["--database", database] : ["--data", folder];
    const port = await freePort();
    if (isPublic) command = [...command, "--public-url", `http://127.0.0.1:${port}`];
    const huoqun = new Huoqun({ command, place, port, folder, from, speed });
    await huoqun.run();
    return huoqun;
  }

  /** Starts the process; resolves when it says where it listens. */
  async run() {
    this.errors = "";
    const clock = ["--clock-from", this.from, "--clock-speed", this.speed];
    const listen = ["--listen", `127.0.0.1:${this.port}`, "--json"];
    const args = [...this.command, ...this.place, ...listen, ...(this.speed > 1 ? clock : [])];
    this.child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.exited = once(this.child, "exit");
    this.child.stderr.on("data", (bytes) => (this.errors = (this.errors + bytes).slice(-20_000)));
    this.said = await saidBy(this.child, () => this.errors);
  }

  /** What its clock shows. */
  now() {
    return this.from + (Date.now() - this.from) * this.speed;
  }

  /** Where it answers, and the link that lets the owner in. */
  get url() {
    return this.said.url;
  }
  get console() {
    return this.said.console;
  }

  /** What a stranger is answered. */
  visit(path) {
    return fetch(new URL(path, this.url));
  }

  /** Ends it without any warning, as a loss of power would. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.exited;
  }

  /** Asks it to stop; resolves with its exit code. */
  async stop() {
    this.child.kill("SIGTERM");
    const [code] = await this.exited;
    return code;
  }

  /** Runs another command on the same data while it is stopped or running. */
  async also(...command) {
    const { place } = typeof command.at(-1) === "object" ? command.pop() : this;
    const child = spawn(program, [...command, ...place, "--lang", "en"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (out += bytes));
    const [code] = await once(child, "exit");
    return { code, out };
  }

  /** Stops it and takes its folder away. */
  async end() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.kill();
    if (process.env.HUOQUN_KEEP) return console.error(`kept: ${this.folder}`);
    await rm(this.folder, { recursive: true, force: true });
  }
}
