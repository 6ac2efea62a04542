// The operator and the members as plain HTTP clients: cookies, forms, server-sent events. Nothing
// here is shared with the program; it only knows what a browser would see.

import { randomInt } from "node:crypto";

const KEY_RANDOM = 1 << 21;


/** Somebody with a cookie jar. */
export class Visitor {
  constructor(huoqun) {
    this.huoqun = huoqun;
    this.jar = new Map();
  }

  /** A key for one act, as the page mints it. */
  mint() {
    const random = BigInt(randomInt(KEY_RANDOM));
    return (BigInt(this.huoqun.now()) * BigInt(KEY_RANDOM) + random).toString();
  }

  /** One request; cookies are kept, redirects are not followed. */
  async ask(path, { form, json = false, headers = {}, signal } = {}) {
    const all = { cookie: this.cookies(path), ...headers };
    if (json) all.accept = "application/json";
    const url = new URL(path, this.huoqun.url);
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      headers: all,
      body: form ? new URLSearchParams(form) : undefined,
      redirect: "manual",
      signal: signal ?? AbortSignal.timeout(10_000),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const under = line.match(/;\s*path=([^;]*)/i)?.[1] ?? "/";
      this.jar.set(`${pair.slice(0, pair.indexOf("="))} ${under}`, { pair, under });
    }
    return answer;
  }

  /** The cookies that go with a path. */
  cookies(path) {
    const kept = [...this.jar.values()].filter(({ under }) => path.startsWith(under));
    return kept.map(({ pair }) => pair).join("; ");
  }

  /** A page that has to be there. */
  async page(path) {
    const answer = await this.ask(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}\n${(await answer.text()).slice(0, 400)}`);
    return answer.text();
  }
}

/** Sends a form until the program has acknowledged it, however often it dies in between. */
async function until(visitor, path, form) {
  for (let tries = 0; tries < 400; tries += 1) {
    let answer;
    try {
      answer = await visitor.ask(path, { form, json: true });
    } catch {
      await pause(50);
      continue;
    }
    if (answer.ok) return answer.json();
    const said = await answer.text();
    if (![429, 500, 502, 503, 504].includes(answer.status)) {
      throw new Error(`${path}: ${answer.status} ${said}`);
    }
    await pause(100);
  }
  throw new Error(`${path}: never acknowledged`);
}

/** What the owner types. */
export const owner = { name: "老周", login: "owner", password: "一壶好茶坐下来慢慢喝完" };

/** The owner: comes in by the link that the program printed. */
export class Operator extends Visitor {
  /** Makes the account the first time, logs in later, clicks into a demonstration. */
  async enter() {
    const link = new URL(this.huoqun.console);
    if (link.pathname !== "/login") {
      const answer = await this.ask(link.pathname);
      if (answer.status === 303 && !answer.headers.get("location").startsWith("/login")) return;
      if (answer.status === 200) {
        const made = await this.ask(link.pathname, { form: owner });
        if (made.status !== 303) throw new Error(`welcome: ${made.status} ${(await made.text()).slice(0, 400)}`);
        return;
      }
    }
    const { login, password } = owner;
    const answer = await this.ask("/login", { form: { login, password } });
    if (answer.status !== 303) throw new Error(`login: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
  }

  /** Opens a group; gives its number and the path of its first link. */
  async open(name) {
    const answer = await this.ask("/groups", { form: { key: this.mint(), name } });
    const place = answer.headers.get("location").split("?")[0];
    const page = await this.page(`${place}/settings`);
    const [, path] = page.match(/https?:\/\/[^"<\s]+(\/g\/[\w-]+)/);
    return { id: Number(place.split("/").at(-1)), place, path };
  }

  /** Comes into a group as its keeper. */
  async keep(group) {
    const answer = await this.ask(`${group.place}/entry`, { form: { key: this.mint() } });
    if (answer.status >= 400) throw new Error(`entry: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
    group.path = answer.headers.get("location");
  }

  /** The number of the member with this name, as the list of people has it. */
  async number(group, name) {
    const page = await this.page(`${group.path}/members`);
    const row = page.split("<li>").find((row) => row.includes(`<bdi>${name}</bdi>`));
    return Number(row.match(/\?who=(\d+)/)[1]);
  }

  /** A keeper's act: the form of that name with these fields. */
  act(group, name, fields) {
    return until(this, `${group.path}/${name}`, { key: this.mint(), ...fields });
  }
}

/** A member who writes; every message is sent until it is acknowledged, under one key. */
export class Member extends Visitor {
  /** Comes into a group. */
  async join(path, name) {
    this.path = path;
    await this.page(path);
    const form = { key: this.mint(), name };
    await until(this, `${path}/members`, form);
  }

  /** Writes; gives the place of the message. */
  async write(text, key = this.mint()) {
    const receipt = await until(this, `${this.path}/messages`, { key, text });
    return { ...receipt, key };
  }

  /** Watches the group by server-sent events until `end` is aborted, coming back when cut off. */
  async watch(end, seen = []) {
    let last = 0;
    while (!end.aborted) {
      try {
        const cut = AbortSignal.any([end]);
        const headers = { accept: "text/event-stream", "last-event-id": String(last) };
        const answer = await this.ask(`${this.path}/events`, { headers, signal: cut });
        if (!answer.ok) throw new Error(`events: ${answer.status}`);
        for await (const event of events(answer.body)) {
          if (event.id) last = Number(event.id);
          seen.push(event);
        }
      } catch {
        if (!end.aborted) await pause(50);
      }
    }
    return seen;
  }

  /** Reads the whole log page by page: what was said, and notes of what happened. */
  async log() {
    const [said, notes] = [[], []];
    for (let after = 0; ; ) {
      const page = await this.page(`${this.path}?after=${after}`);
      const lines = [...page.matchAll(/<li[^>]*data-seq="(\d+)"[^>]*>/g)];
      said.push(...messages(page));
      notes.push(...[...page.matchAll(/<li class="note"[^>]*>([^<]*)/g)].map(([, text]) => text));
      const last = Number(lines.at(-1)?.[1] ?? after);
      if (last === after || !/class="more newer"/.test(page)) return { said, notes };
      after = last;
    }
  }
}

/** The messages in a piece of a page. */
export function messages(html) {
  const all = html.matchAll(
    /<li class="said[^>]*data-seq="(\d+)" data-key="(\d+)"[^>]*>.*?<div class="text"[^>]*>(.*?)<\/div>/gs,
  );
  return [...all].map(([, seq, key, text]) => ({ seq: Number(seq), key, text }));
}

/** Parses a stream of server-sent events. */
async function* events(body) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const event = { data: "" };
      for (const line of text.slice(0, end).split("\n")) {
        const at = line.indexOf(":");
        if (at <= 0) continue;
        const [field, value] = [line.slice(0, at), line.slice(at + 1).replace(/^ /, "")];
        if (field === "data") event.data += (event.data && "\n") + value;
        else event[field] = value;
      }
      if (event.id || event.data) yield event;
    }
  }
}

/** Waits a little before trying again. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
