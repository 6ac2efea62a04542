// A make-believe WeCom in a process of its own (`huoqun practice`), which goes on while the program
// under test dies; and an owner who connects it by plain HTTP.

import { spawn } from "node:child_process";
import { once } from "node:events";

import { pause } from "./people.mjs";
import { program, saidBy } from "./program.mjs";

/** What our side and the platform share for callbacks. */
export const callback = { token: "hq0token0of0the0callback", key: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C" };

/** A company and everybody around it. */
export class Practice {
  /** Starts one: `args` as `huoqun practice` takes them, and nothing happens by itself. */
  static async start(...args) {
    const it = new Practice();
    const all = ["practice", "--port", "0", "--quiet", "--json", ...args];
    it.child = spawn(program, all, { stdio: ["ignore", "pipe", "pipe"] });
    it.exited = once(it.child, "exit");
    it.errors = "";
    it.child.stderr.on("data", (bytes) => (it.errors = (it.errors + bytes).slice(-20_000)));
    const { practice } = await saidBy(it.child, () => it.errors);
    return Object.assign(it, practice);
  }

  /** Ends it. */
  async end() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGTERM");
    await this.exited;
  }

  /** What a client of the interface has to know. */
  get account() {
    const { url: api, corp, secret, agent } = this;
    return { api, corp, secret, agent };
  }

  /** The whole truth. */
  async books() {
    return (await fetch(`${this.url}/practice/books`)).json();
  }

  /** A form of the desk; what cannot be is thrown. */
  async does(path, form) {
    const body = new URLSearchParams(form);
    const answer = await fetch(`${this.url}/practice/${path}`, { method: "POST", body, redirect: "manual" });
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(-400)}`);
  }

  /** Sets where callbacks go, as on the admin page: the address has to echo. */
  callsBack(url, { token, key } = callback) {
    return this.does("callback", { url, token, key });
  }

  /** Waits until no letter waits. */
  async settled() {
    for (let n = 0; n < 3_600; n += 1) {
      const page = await (await fetch(`${this.url}/practice?lang=en`)).text();
      if (/waiting 0,/.test(page)) return;
      await pause(50);
    }
    throw new Error("letters still wait after three minutes");
  }
}

/** Who is in each living group: `chat userid` in order. */
export function present(books) {
  const living = Object.entries(books.groups).filter(([, group]) => group.dismissed === null);
  return living.flatMap(([chat, group]) => group.members.map((one) => `${chat} ${one.id}`)).sort();
}

/** An owner connects a company by the form; gives its page and where it hears. */
export async function connected(operator, practice, { token, key } = callback) {
  const { corp, secret, url: api } = practice;
  const form = { corp, secret, api, token, aes_key: key };
  const answer = await operator.ask("/settings/wecom", { form });
  const place = answer.headers.get("location")?.split("?")[0];
  if (answer.status !== 303 || !/\/wecom\/\d+$/.test(place)) throw new Error(`connecting: ${answer.status} ${place}`);
  const [hook] = (await operator.page(`${place}/edit`)).match(/https?:\/\/[^"<\s]+\/hooks\/wecom\/[\w-]+/);
  return { place, hook };
}

/** Waits until a company was read whole. */
export async function readWhole(operator, place) {
  for (let n = 0; n < 2_400; n += 1) {
    const part = await operator.page(`${place}/steps`);
    if (!part.includes("hx-trigger")) return part;
    await pause(50);
  }
  throw new Error("it is still being read after two minutes");
}
