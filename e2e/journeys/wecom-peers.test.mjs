// What we make of WeCom's envelope and calls is not only our own opinion: encrypters and clients
// that we did not write. @wecom/crypto (npm) and wechatpy (PyPI) seal letters that our callback takes
// and open those of the practice company; wechatpy and wecom-crm-mcp read and change the practice
// company as they would the platform.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import crypto from "@wecom/crypto";

import { noPeers, peer } from "../lib/peers.mjs";
import { Operator, pause } from "../lib/people.mjs";
import { Practice, callback, connected, present, readWhole } from "../lib/practice.mjs";
import { Huoqun } from "../lib/program.mjs";
import { readsFiles, rows } from "../lib/tables.mjs";

if (noPeers) console.error(`!! SKIPPED wechatpy and wecom-crm-mcp: ${noPeers}`);
const { token, key } = callback;

/** A letter as the platform puts it into the post, sealed by @wecom/crypto. */
function sealed(text, corp, stamp = String(Math.floor(Date.now() / 1_000))) {
  const encrypt = crypto.encrypt(key, text, corp);
  const [timestamp, nonce] = [stamp, String(Math.random()).slice(2, 12)];
  const signature = crypto.getSignature(token, timestamp, nonce, encrypt);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const body = `<xml><ToUserName><![CDATA[${corp}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
  return { query, body, encrypt };
}

/** Sends a letter; the status of the answer. */
async function posted(hook, { query, body }) {
  const headers = { "content-type": "text/xml" };
  return (await fetch(`${hook}?${query}`, { method: "POST", headers, body })).status;
}

/** What the platform says when somebody came into a group. */
function joined(corp, { chat, who, at = Math.floor(Date.now() / 1_000), event = "change_external_chat" }) {
  return `<xml><ToUserName><![CDATA[${corp}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>
<CreateTime>${at}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event>
<ChatId><![CDATA[${chat}]]></ChatId><ChangeType><![CDATA[update]]></ChangeType><UpdateDetail><![CDATA[add_member]]></UpdateDetail>
<JoinScene>3</JoinScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[${who}]]></Item></MemChangeList></xml>`;
}

test("letters that others sealed are taken, once, and no other", { skip: !readsFiles && "no sqlite3" }, async (t) => {
  const { huoqun, operator, practice } = await place(t);
  const { corp } = practice;
  const { place: company, hook } = await connected(operator, practice);
  await readWhole(operator, company);

  const words = "1616140317555161061 验证";
  const echo = sealed(words, corp);
  echo.query.set("echostr", echo.encrypt);
  const answer = await fetch(`${hook}?${echo.query}`);
  assert.deepEqual([answer.status, await answer.text()], [200, words], "the echo is said back and nothing more");

  // Nobody calls back: only these letters tell of who comes in.
  const first = await comes(practice, "小满");
  const letter = sealed(joined(corp, first), corp);
  assert.equal(await posted(hook, letter), 200);
  assert.equal(await posted(hook, letter), 200, "replayed");
  assert.equal(await posted(hook, sealed(joined(corp, first), corp)), 200, "the same news in another envelope");
  const unknown = joined(corp, { chat: "wrBrandNew", who: "wmNobody", event: "brand_new_event" });
  assert.equal(await posted(hook, sealed(unknown, corp)), 200, "an event that nobody knows yet");
  const forged = sealed(joined(corp, first), corp);
  forged.query.set("msg_signature", "0".repeat(40));
  assert.equal(await posted(hook, forged), 403, "not signed by the company");
  assert.equal(await posted(hook, sealed(joined(corp, first), "wwffffffffffffffff")), 403, "another company's");
  assert.equal(await posted(hook, { ...letter, body: letter.body.slice(0, -90) }), 400, "cut off");
  assert.equal(await posted(hook, { ...letter, body: "x".repeat(400_000) }), 413, "too large");
  await told(huoqun, first);

  if (!noPeers) {
    const second = await comes(practice, "阿May ]]> 🌸");
    const said = await peer("envelope", { token, key, corp, seal: [joined(corp, second)], echo: asked(echo) });
    assert.equal(said.echo, words, "wechatpy reads the echo of @wecom/crypto");
    const [{ body, signature: msg_signature, timestamp, nonce }] = said.sealed;
    assert.equal(await posted(hook, { query: new URLSearchParams({ msg_signature, timestamp, nonce }), body }), 200);
    await told(huoqun, second);
  }
  const kept = await rows(huoqun, "SELECT chat, text FROM wecom_letters ORDER BY id");
  assert.equal(kept.length, noPeers ? 2 : 3, "each news once, and nothing that was refused");
});

test("what the practice company says is read by others", async (t) => {
  const { practice } = await place(t, { alone: true });
  const ear = await listen(practice.corp);
  t.after(() => ear.close());
  await practice.callsBack(ear.url);
  const books = await practice.books();
  const [chat, group] = Object.entries(books.groups)[0];
  const who = group.members.find((one) => one.id in books.customers).id;
  const [way] = Object.keys(books.ways);
  await practice.does(`groups/${chat}/name`, { name: "滨江 <b>夜跑</b> & 早餐" });
  await practice.does(`groups/${chat}/departures`, { who, how: "removed" });
  await practice.does(`scan/${way}`, { name: "新朋友 ]]> 🌱" });
  await practice.does("groups", { owner: group.owner, name: "新群" });
  await practice.does(`groups/${chat}/end`, {});
  await practice.settled();

  const news = ear.heard.map(({ body, query }) => {
    const encrypt = body.match(/<Encrypt><!\[CDATA\[(.*?)\]\]>/)[1];
    const signature = crypto.getSignature(token, query.timestamp, query.nonce, encrypt);
    assert.equal(signature, query.msg_signature);
    const { message, id } = crypto.decrypt(key, encrypt);
    assert.equal(id, practice.corp, "sealed for this company");
    const field = (name) => message.match(new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`))?.[1];
    return [field("Event"), field("ChangeType"), field("UpdateDetail"), field("QuitScene")].filter(Boolean).join(" ");
  });
  const group_ = "change_external_chat";
  assert.deepEqual(news, [
    `${group_} update change_name`,
    `${group_} update del_member 1`,
    "change_external_contact add_external_contact",
    `${group_} create`,
    `${group_} dismiss`,
  ]);
  if (noPeers) return;
  const letters = ear.heard.map(({ body, query }) => asked({ body, query }));
  const forged = { ...letters[0], signature: "0".repeat(40) };
  const { opened } = await peer("envelope", { token, key, corp: practice.corp, open: [...letters, forged] });
  assert.deepEqual(opened.pop(), { refused: true });
  const [, gone, added] = opened;
  assert.equal(gone.chat_id, chat);
  assert.deepEqual([gone.update_detail, gone.quit_scene, gone.mem_change_cnt], ["del_member", "1", "1"]);
  const after = await practice.books();
  const met = Object.keys(after.customers).find((id) => after.customers[id].name.startsWith("新朋友"));
  assert.deepEqual([added.event, added.external_user_id], ["change_external_contact", met]);
  assert.equal(added.state, books.ways[way].form.state, "the channel of the code");
  assert.ok(added.user_id in after.staff);
  assert.ok(opened.every((one) => one.to === practice.corp));
});

test("wechatpy reads the practice company as it would the platform", { skip: noPeers }, async (t) => {
  const { practice } = await place(t, { alone: true });
  const books = await practice.books();
  const saw = await peer("wechatpy_client", { ...practice.account, serving: serving(books) });
  const staff = Object.entries(books.staff).filter(([, one]) => one.left === null);
  const own = Object.fromEntries(staff.map(([id, one]) => [id, one.name]));
  assert.deepEqual(saw.departments, Object.fromEntries(Object.entries(books.departments).map(([id, one]) => [id, one.name])));
  assert.deepEqual(saw.staff, own);
  assert.deepEqual([...saw.follow].sort(), staff.filter(([, one]) => one.contact !== "None").map(([id]) => id).sort());
  const seen = Object.entries(saw.chats).flatMap(([chat, members]) => members.map((one) => `${chat} ${one}`)).sort();
  assert.deepEqual(seen, present(books), "everybody in every group, over seven to a page");
  for (const [userid, customers] of Object.entries(saw.customers)) {
    assert.deepEqual(customers, works(books, userid), userid);
  }
  assert.equal(saw.details.name, books.customers[saw.details.id].name);
  assert.deepEqual([saw.way.remark, saw.way.state, saw.way.user.length], ["展会二楼", "fair", 1]);
  assert.deepEqual([saw.way_gone, saw.wrong_secret, saw.again], [41044, 40001, 0]);
  const after = await practice.books();
  assert.equal(saw.message, 0);
  assert.deepEqual(after.messages.at(-1).content, { content: "你有 3 位新人没人打招呼" });
});

test("wecom-crm-mcp does customer contact with it", { skip: noPeers }, async (t) => {
  const { practice } = await place(t, { alone: true });
  const cache = await mkdtemp(join(tmpdir(), "huoqun-e2e-crm-"));
  t.after(() => rm(cache, { recursive: true, force: true }));
  const books = await practice.books();
  const yesterday = Math.floor(Date.now() / 1_000) - 86_400;
  const saw = await peer("crm_client", { ...practice.account, serving: serving(books), cache, day: yesterday });
  const after = await practice.books();
  const bonds = saw.follow.flatMap((userid) => works(books, userid).map((id) => `${userid} ${id}`)).sort();
  assert.deepEqual(saw.bonds, bonds);
  assert.ok(saw.pages > 1 && saw.chat_pages > 1, "cursors were followed");
  const names = Object.values(books.tags).flatMap((group) => Object.values(group.tags).map((tag) => tag.name));
  assert.deepEqual(saw.tags, names.sort());
  assert.deepEqual([saw.remark, saw.edited, saw.marked, saw.deleted], [0, 0, 0, 0]);
  assert.equal(saw.customer.remark, "老客");
  assert.ok(saw.customer.tags.includes("线下展会") && !saw.customer.tags.includes("直播"));
  assert.deepEqual(saw.chats, [...new Set(present(books).map((one) => one.split(" ")[0]))]);
  const group = books.groups[saw.chats[0]];
  assert.deepEqual(saw.group, { name: group.name, owner: group.owner, members: group.members.length });
  assert.deepEqual(saw.join_way.chat_id_list, saw.chats.slice(0, 1));
  assert.equal(saw.join_way.remark, "门口海报二");
  assert.notEqual(saw.six_groups, 0, "a code takes five groups");
  assert.equal(saw.join_way_gone, 41044);
  assert.deepEqual(saw.ways, Object.keys(books.ways).sort());
  assert.ok(saw.figures.length > 0 && saw.figures.every((owner) => saw.follow.includes(owner)));
  const left = Object.keys(books.bonds).filter((userid) => books.staff[userid].left !== null && works(books, userid).length);
  assert.deepEqual(saw.unassigned, left.sort());
  assert.deepEqual(saw.transfer.rows.map((row) => row.errcode), [0]);
  assert.deepEqual(saw.transfers.map((row) => row.status), [2], "it waits for the customer");
  const { from, to } = saw.transfer;
  assert.ok(after.transfers.some((one) => one.handover === from && one.takeover === to));
  assert.deepEqual([saw.media, saw.wrong_secret], ["image", true]);
});

/** A practice company, and unless it is alone the program with its owner. */
async function place(t, { alone = false } = {}) {
  const practice = await Practice.start("--groups", "16", "--members", "24", "--seed", "11");
  t.after(() => practice.end());
  if (alone) return { practice };
  const huoqun = await Huoqun.start();
  t.after(() => huoqun.end());
  const operator = new Operator(huoqun);
  await operator.enter();
  return { practice, huoqun, operator };
}

/** Somebody new scans a code of groups: who, and where they are now. */
async function comes(practice, name) {
  const before = await practice.books();
  const [code] = Object.keys(before.join_ways);
  await practice.does(`scan/${code}`, { name });
  const books = await practice.books();
  const who = Object.keys(books.customers).find((id) => !(id in before.customers));
  const [chat, group] = Object.entries(books.groups).find(([, one]) => one.members.some(({ id }) => id === who));
  const { joined } = group.members.find(({ id }) => id === who);
  return { chat, who, at: Math.floor(joined / 1_000) };
}

/** Waits until our tables have somebody in. */
async function told(huoqun, { chat, who }) {
  const query = `SELECT gone_at FROM wecom_members WHERE chat = '${chat}' AND userid = '${who}'`;
  for (let n = 0; n < 300; n += 1) {
    const found = await rows(huoqun, query);
    if (found.length) return assert.deepEqual(found, [{ gone_at: null }]);
    await pause(50);
  }
  assert.fail("nobody noticed within fifteen seconds");
}

/** Userids of who has opened the app and may have customers. */
function serving(books) {
  const able = ([, one]) => one.left === null && one.active && one.contact !== "None";
  return Object.entries(books.staff).filter(able).map(([id]) => id);
}

/** Customers whom a member of staff has, as calls see them. */
function works(books, userid) {
  const all = Object.entries(books.bonds[userid] ?? {});
  return all.filter(([, bond]) => ["Both", "Left"].includes(bond.standing)).map(([id]) => id).sort();
}

/** A letter as `peers/envelope.py` takes it. */
function asked({ body, query }) {
  const { msg_signature: signature, timestamp, nonce, echostr } = query instanceof URLSearchParams ? Object.fromEntries(query) : query;
  return { body, signature, timestamp, nonce, echostr };
}

/** An address that answers as ours does, by @wecom/crypto; `heard` are the letters. */
async function listen(corp) {
  const heard = [];
  const server = createServer(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url, "http://here").searchParams);
    if (request.method === "GET") {
      assert.equal(crypto.getSignature(token, query.timestamp, query.nonce, query.echostr), query.msg_signature);
      const { message, id } = crypto.decrypt(key, query.echostr);
      assert.equal(id, corp);
      return response.end(message);
    }
    let body = "";
    for await (const bytes of request) body += bytes;
    heard.push({ query, body });
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}/hook`, heard, close: () => server.close() };
}
