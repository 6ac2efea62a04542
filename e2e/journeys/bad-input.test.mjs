// What comes in from outside that nobody would send in good faith, and what the world does: hostile
// words, huge and slow requests, many tabs, double submits, clocks that jump, a full disk. The
// program says what is wrong, harms nobody, leaves nothing half-done, and goes on.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { browserPath, launch, phone } from "../lib/browser.mjs";
import { Member, Operator, Visitor, messages, pause } from "../lib/people.mjs";
import { Huoqun, freePort } from "../lib/program.mjs";

const DAY = 86_400_000;

/** The program with one group, its keeper and so many members. */
async function place(t, { people = 2, huoqun } = {}) {
  huoqun ??= await Huoqun.start();
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  const group = await operator.open("早起打卡群");
  const members = [];
  for (let n = 0; n < people; n += 1) {
    const member = new Member(huoqun);
    await member.join(group.path, `群友${n}`);
    members.push(member);
  }
  return { huoqun, operator, group, members };
}

/** Sends a form once; status, body and headers. */
async function send(visitor, path, form, headers = {}) {
  const answer = await visitor.ask(path, { form, headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const texts = async (member) => (await member.log()).said.map((line) => line.text);

test("hostile words and names stay words, in a real browser", { skip: !browserPath && "no Chromium" }, async (t) => {
  const { huoqun, group, members } = await place(t);
  const hostile = new Member(huoqun);
  await hostile.join(group.path, '<img src=x onerror="hacked=1">'.slice(0, 20));
  const said = [
    "<script>window.hacked = 1</script>",
    '"><img src=x onerror=window.hacked=1>',
    "javascript:window.hacked=1 https://a.example/\"onmouseover=window.hacked=1",
    "a\u202Eb\u2066c\u200Bd\uFEFFe\0f",
    `z${"\u0301".repeat(300)}algo`,
    "</li></ol><h1>假公告</h1>",
    "data: 1\n\nevent: reload\ndata: 1",
    "{{7*7}} ${7*7} %s ../../etc/passwd '; DROP TABLE facts; --",
  ];
  const browser = await launch();
  t.after(() => browser.close());
  const page = await phone(browser);
  await page.goto(huoqun.url + group.path);
  await page.locator("input[name=name]").fill("小林");
  await page.getByRole("button", { name: "加入群聊" }).click();
  await page.locator("#write").waitFor();
  for (const text of said) await hostile.write(text);
  await hostile.write("完。");
  await page.locator("li.said", { hasText: "完。" }).waitFor();
  const live = await page.locator("li.said .text").allInnerTexts();
  await page.reload();
  const read = await page.locator("li.said .text").allInnerTexts();
  assert.deepEqual(live, read, "live lines are those of the log");
  assert.equal(read.length, said.length + 1);
  assert.equal(read[0], said[0]);
  assert.equal(read[3], "abcdef", "nothing invisible, nothing that turns the text around");
  assert.ok(read[4].length < 20, "marks do not pile up");
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  assert.equal(await page.locator("#log h1, #log img, #log script").count(), 0);
  assert.equal(await page.locator("a[href^='javascript:'], [onmouseover], [onerror]").count(), 0);
  assert.deepEqual(page.faults, []);
  for (const name of ["\u200B\u202E", "官方号", "群\u200B主", "长".repeat(21), " \n\t"]) {
    const visitor = new Visitor(huoqun);
    await visitor.page(group.path);
    const refused = await send(visitor, `${group.path}/members`, { key: visitor.mint(), name });
    assert.equal(refused.status, 422, name);
    assert.match(refused.text, /id="wrong-name"/);
  }
  assert.equal((await members[0].page(`${group.path}/members`)).match(/<bdi>/g).length, 4);
});

test("huge, broken and foreign requests are refused in words", async (t) => {
  const { huoqun, group, members } = await place(t);
  const [ann] = members;
  const path = `${group.path}/messages`;
  for (const size of [70_000, 700_000, 7_000_000]) {
    for (const [lang, words] of [["zh-CN", /内容太大了/], ["en", /too big/]]) {
      const form = { key: ann.mint(), text: "x".repeat(size) };
      const answer = await send(ann, path, form, { "accept-language": lang });
      assert.equal(answer.status, 413, `${size}`);
      assert.match(answer.text, words);
    }
  }
  const long = await send(ann, path, { key: ann.mint(), text: "长".repeat(4_001) });
  assert.equal(long.status, 422);
  assert.match(long.text, /现在 4001 个字，最多 4000 个/);
  assert.match(long.text, /<textarea[^>]*>长长长/, "what was typed is still there");
  const bad = [
    [{ text: "没有编号" }, {}, 422],
    [{ key: "abc", text: "编号不是数" }, {}, 422],
    [{ key: "9223372036854775807", text: "很远的将来" }, {}, 409],
    [{ key: "-5", text: "负数" }, {}, 409],
    [{ key: ann.mint(), text: "别的站点" }, { origin: "https://evil.example" }, 403],
    [{ key: ann.mint(), text: "别的站点" }, { "sec-fetch-site": "cross-site" }, 403],
    [{ key: ann.mint(), text: "x", reply_to: "'; --" }, {}, 422],
    [{ key: ann.mint(), text: "不是表单" }, { "content-type": "text/plain" }, 415],
  ];
  for (const [form, headers, status] of bad) {
    const answer = await send(ann, path, form, headers);
    assert.equal(answer.status, status, form.text);
    assert.match(answer.text, /[\u4e00-\u9fff]{6}/, "in words");
  }
  for (const odd of ["/g/%00", "/g/..%2f..%2fetc", `/g/${"x".repeat(2_000)}`, "/g/%ff%fe", "/nowhere"]) {
    const answer = await new Visitor(huoqun).ask(odd);
    assert.ok([400, 404].includes(answer.status), `${odd}: ${answer.status}`);
    await answer.text();
  }
  const raw = await exchange(huoqun, "GET / HTTP/1.1\r\nHost: x\r\nA: \u0000\u0001\r\n\r\n");
  assert.match(raw, /^HTTP\/1\.1 400/);
  const heads = "X-Pad: ".concat("y".repeat(9_000), "\r\n").repeat(60);
  assert.match(await exchange(huoqun, `GET /healthz HTTP/1.1\r\nHost: x\r\n${heads}\r\n`), /^HTTP\/1\.1 4\d\d|^$/);
  assert.equal((await new Visitor(huoqun).ask("/healthz")).status, 200);
  assert.deepEqual(await texts(ann), []);
  await ann.write("还在");
  assert.deepEqual(await texts(members[1]), ["还在"]);
  assert.doesNotMatch(huoqun.errors, /panic/);
});

test("slow clients hold nobody up and are given up", async (t) => {
  const { huoqun, group, members } = await place(t, { people: 12 });
  const [ann, bob, ...others] = members;
  const head = `Host: x\r\nCookie: ${ann.cookies(group.path)}\r\n`;
  const body = `key=${ann.mint()}&text=${"half".repeat(20)}`;
  const post = `POST ${group.path}/messages HTTP/1.1\r\n${head}Content-Type: application/x-www-form-urlencoded\r\n`;
  const drips = [
    drip(huoqun, `GET ${group.path} HTTP/1.1\r\n`, "X-A: b\r\n"),
    drip(huoqun, `${post}Content-Length: ${body.length * 100}\r\n\r\n${body}`, "x"),
    drip(huoqun, `${post}Transfer-Encoding: chunked\r\n\r\n4\r\nkey=\r\n`, "1\r\n5\r\n"),
  ];
  t.after(() => drips.forEach((one) => one.socket.destroy()));
  const silent = Array.from({ length: 150 }, () => connect(huoqun.port, "127.0.0.1").on("error", () => {}));
  t.after(() => silent.forEach((socket) => socket.destroy()));

  const deaf = connect(huoqun.port, "127.0.0.1");
  t.after(() => deaf.destroy());
  deaf.on("error", () => {});
  deaf.pause();
  deaf.write(`GET ${group.path}/events HTTP/1.1\r\n${head}Last-Event-ID: 0\r\n\r\n`);
  const end = new AbortController();
  t.after(() => end.abort());
  const seen = [];
  const watching = bob.watch(end.signal, seen);
  const said = [];
  await Promise.all(others.map(async (other, o) => {
    for (let n = 0; n < 18; n += 1) {
      const text = `${o}-${n} ${"话".repeat(3_900)}`;
      said.push({ text, ...(await other.write(text)) });
    }
  }));
  const last = Math.max(...said.map((line) => line.seq));
  await until(() => seen.some((event) => Number(event.id) >= last));
  end.abort();
  await watching;
  const heard = seen.flatMap((event) => messages(event.data)).map((line) => line.text.slice(0, 9));
  assert.equal(heard.length, said.length, "who reads sees everything while another does not");
  assert.equal(new Set(heard).size, said.length);

  let got = "";
  deaf.setEncoding("utf8");
  deaf.on("data", (text) => (got += text));
  deaf.resume();
  await until(() => got.includes(`id: ${last}\n`) || deaf.destroyed || got.includes("event: reload"));
  const ids = [...got.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b), "in order");
  assert.equal(new Set(ids).size, ids.length, "each once");

  for (const one of drips) await one.closed;
  assert.ok(drips.every((one) => one.sent > 2), "they were given their time");
  assert.equal((await texts(bob)).filter((text) => text.includes("half")).length, 0, "nothing half-sent is there");
});

test("ten tabs of one guest all see everything; too many are told so", async (t) => {
  const { group, members } = await place(t);
  const [ann, bob] = members;
  const end = new AbortController();
  t.after(() => end.abort());
  const tabs = Array.from({ length: 10 }, () => []);
  const watching = tabs.map((seen) => ann.watch(end.signal, seen));
  await until(() => tabs.every((seen) => seen.length > 0));
  const more = [];
  let refused;
  for (let n = 0; n < 5 && refused?.status !== 429; n += 1) {
    refused = await ann.ask(`${group.path}/events`, { signal: end.signal });
    more.push(refused);
  }
  assert.equal(refused.status, 429);
  assert.match(await refused.text(), /打开的页面太多了/);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  const receipts = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? ann : bob).write(`第${n}条`)));
  const last = Math.max(...receipts.map((one) => one.seq));
  await until(() => tabs.every((seen) => seen.some((event) => Number(event.id) >= last)));
  end.abort();
  await Promise.all(watching);
  const log = await texts(bob);
  assert.equal(log.length, 10);
  for (const seen of tabs) {
    assert.deepEqual(seen.flatMap((event) => messages(event.data)).map((line) => line.text), log);
  }
});

test("what is sent twice, even at the same moment, is done once", async (t) => {
  const { group, members } = await place(t);
  const [ann, bob] = members;
  const key = ann.mint();
  const path = `${group.path}/messages`;
  const twice = Array.from({ length: 20 }, () => ann.ask(path, { form: { key, text: "只有一条" }, json: true }));
  const answers = await Promise.all((await Promise.all(twice)).map(async (one) => [one.status, await one.json()]));
  const done = answers.filter(([status]) => status === 200).map(([, receipt]) => receipt);
  assert.ok(done.length >= 18, JSON.stringify(answers.slice(-3)));
  assert.equal(new Set(done.map((one) => one.seq)).size, 1);
  assert.equal(done.filter((one) => !one.again).length, 1);
  assert.deepEqual(await texts(bob), ["只有一条"]);
  const stolen = await bob.ask(path, { form: { key, text: "别人的编号" }, json: true });
  assert.equal(stolen.status, 409);
  assert.match((await stolen.json()).say, /刷新页面/);

  const newcomer = new Visitor(bob.huoqun);
  await newcomer.page(group.path);
  const form = { key: newcomer.mint(), name: "手快" };
  const joins = await Promise.all([1, 2, 3].map(() => send(newcomer, `${group.path}/members`, form)));
  assert.ok(joins.every((one) => one.status === 303), joins.map((one) => one.status).join());
  const people = await bob.page(`${group.path}/members`);
  assert.equal(people.split("<bdi>手快</bdi>").length, 2);
  assert.deepEqual(await texts(bob), ["只有一条"]);
});

test("a clock that jumps ahead and back harms nothing", async (t) => {
  const { huoqun, operator, group, members } = await place(t);
  const [ann, bob] = members;
  await operator.keep(group);
  await ann.write("今天");
  // A silence of a day, imposed before the jump, ends by it.
  const who = await operator.number(group, "群友1");
  await operator.act(group, "silences", { who, minutes: 1_440 });
  await huoqun.kill();
  Object.assign(huoqun, { from: Date.now() - 3 * DAY, speed: 2 });
  await huoqun.run();
  await until(async () => (await ann.log()).notes.includes("群友1 可以发言了"));
  await bob.write("三天后");
  await ann.write("三天后也在");
  await huoqun.stop();
  Object.assign(huoqun, { from: Date.now(), speed: 1 });
  await huoqun.run();
  await ann.write("又是今天");
  await bob.write("大家都在");
  await huoqun.kill();
  await huoqun.run();
  assert.deepEqual(await texts(bob), ["今天", "三天后", "三天后也在", "又是今天", "大家都在"]);
  assert.equal((await ann.log()).notes.filter((note) => note === "群友1 可以发言了").length, 1);
  const page = await ann.page(group.path);
  assert.match(page, /大家都在/);
  assert.equal((await operator.ask("/today")).status, 200);
  assert.equal(await huoqun.stop(), 0, huoqun.errors);
  const rebuilt = await huoqun.also("rebuild");
  assert.equal(rebuilt.code, 0, rebuilt.out);
});

test("a full disk is told, keeps nothing half, and is over when there is room", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "huoqun-full-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    console.error("!! SKIPPED: a small disk of its own can only be mounted as root");
    return t.skip("not root");
  }
  t.after(() => {
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true });
  });
  const data = join(folder, "data");
  const huoqun = new Huoqun({ command: ["serve"], place: ["--data", data], port: await freePort(), folder: data, from: Date.now(), speed: 1 });
  await huoqun.run();
  const { group, members } = await place(t, { people: 8, huoqun });
  const reader = members[0];
  const filler = join(folder, "filler");
  const disk = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(disk.bavail * disk.bsize));
  const path = `${group.path}/messages`;
  const kept = [];
  let full;
  for (let n = 0; n < 140 && !full; n += 1) {
    const member = members[n % members.length];
    const form = { key: member.mint(), text: `第${n}条 ${"满".repeat(3_000)}` };
    const answer = await member.ask(path, { form, json: true });
    if (answer.ok) kept.push(form.text);
    else full = { member, form, status: answer.status, ...(await answer.json()) };
  }
  assert.ok(full, `it took ${kept.length} messages on a full disk`);
  assert.equal(full.status, 503);
  assert.match(full.say, /磁盘满了.*腾出空间/);
  const english = await send(full.member, path, full.form, { "accept-language": "en" });
  assert.equal(english.status, 503);
  assert.match(english.text, /disk is full/);
  assert.equal(huoqun.errors.match(/the disk of the database is full/g)?.length, 1, "told once");
  assert.deepEqual(await texts(reader), kept, "it can still be read, and nothing half is there");

  truncateSync(filler, 0);
  const receipt = await full.member.write(full.form.text, full.form.key);
  assert.equal(receipt.again, false, "what was refused had left nothing");
  await reader.write("有地方了");
  for (let n = 0; n < 100 && !/answers again/.test(huoqun.errors); n += 1) await pause(100);
  assert.match(huoqun.errors, /the database answers again after/);
  assert.deepEqual(await texts(reader), [...kept, full.form.text, "有地方了"]);
  assert.equal(await huoqun.stop(), 0, huoqun.errors);
  const rebuilt = await huoqun.also("rebuild");
  assert.equal(rebuilt.code, 0, rebuilt.out);
  assert.doesNotMatch(huoqun.errors, /panic/);
});

/** Sends bytes and reads what comes until the other side closes. */
async function exchange(huoqun, bytes) {
  const socket = connect(huoqun.port, "127.0.0.1");
  let text = "";
  socket.on("data", (some) => {
    text += some;
    socket.end();
  });
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return text;
}

/** A client that sends the rest of its request in drops, until it is cut off. */
function drip(huoqun, first, drop) {
  const one = { socket: connect(huoqun.port, "127.0.0.1"), sent: 0 };
  one.closed = once(one.socket, "close");
  one.socket.on("error", () => {});
  one.socket.on("data", () => {});
  one.socket.write(first);
  const timer = setInterval(() => {
    one.sent += 1;
    one.socket.write(drop);
  }, 3_000);
  one.socket.once("close", () => clearInterval(timer));
  return one;
}

async function until(holds) {
  for (let n = 0; n < 400; n += 1) {
    if (await holds()) return;
    await pause(50);
  }
  assert.fail("it did not come true within twenty seconds");
}
