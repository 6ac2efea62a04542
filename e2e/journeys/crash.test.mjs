// The process is killed without warning, again and again, while members write and watch. In the
// end every acknowledged message stands in the log once, every watcher has seen each line of its
// group once and in order, pages equal a rebuild, and each timer has fired once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { databases } from "../lib/databases.mjs";
import { sequence } from "../lib/dice.mjs";
import { Huoqun } from "../lib/program.mjs";
import { Member, Operator, messages, pause } from "../lib/people.mjs";

const KILLS = Number(process.env.HUOQUN_KILLS ?? 6);
const GROUPS = 3;
const WRITERS = 3;
/** The clock runs fast, so that a silence of ten minutes ends while we look. */
const SPEED = 300;
/** Minutes for which somebody is silent in each group: its end is a timer. */
const SILENCE = 10;

for (const { name, make } of databases) {
  test(`nothing acknowledged is lost or doubled when it is killed ${KILLS} times: ${name}`, async (t) => {
    const database = await make(t);
    if (database === null) return t.skip("no PostgreSQL");
    const seed = Number(process.env.HUOQUN_SEED ?? Date.now() % 100_000);
    t.diagnostic(`again with HUOQUN_SEED=${seed}`);
    const dice = sequence(seed);
    const huoqun = await Huoqun.start({ database, speed: SPEED });
    t.after(() => huoqun.end());
    const crowd = await gather(huoqun);

    const end = new AbortController();
    const watching = crowd.groups.map((group) => group.watcher.watch(end.signal, group.seen));
    let over = false;
    t.after(() => {
      over = true;
      end.abort();
    });
    const writing = crowd.groups.flatMap((group) =>
      group.writers.map(async (writer, w) => {
        for (let n = 0; !over; n += 1) {
          const text = `${group.id}-${w}-${n}`;
          const receipt = await writer.write(text);
          group.acknowledged.push({ text, ...receipt });
          await pause(dice(20));
        }
      }),
    );
    for (const group of crowd.groups) {
      await crowd.operator.act(group, "silences", { who: group.silent, minutes: SILENCE });
    }
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(150 + dice(900));
      await huoqun.kill();
      await pause(dice(200));
      await huoqun.run();
    }
    await pause(300);
    over = true;
    await Promise.all(writing);

    for (const group of crowd.groups) {
      const log = await group.reader.log().then((log) => log.said);
      const texts = log.map((line) => line.text);
      assert.equal(new Set(texts).size, texts.length, "a message stands in the log twice");
      for (const { text, seq, key } of group.acknowledged) {
        const found = log.filter((line) => line.text === text);
        assert.equal(found.length, 1, `${text} was acknowledged and stands there ${found.length} times`);
        assert.deepEqual([found[0].seq, found[0].key], [seq, key], text);
      }
      await until(() => group.seen.some((event) => Number(event.id) >= log.at(-1).seq));
    }
    end.abort();
    await Promise.all(watching);
    for (const group of crowd.groups) {
      const ids = group.seen.map((event) => Number(event.id)).filter((id) => id > 0);
      assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b), "a line came twice or late");
      const shown = group.seen.flatMap((event) => messages(event.data)).map((line) => line.text);
      const log = (await group.reader.log()).said.map((line) => line.text);
      assert.deepEqual(shown, log.slice(log.length - shown.length), "a watcher saw another log");
      assert.ok(shown.length >= group.acknowledged.length, "a watcher missed lines");
    }

    for (const group of crowd.groups) {
      const ended = async () => (await group.reader.log()).notes.filter((note) => /可以发言了/.test(note));
      await until(async () => (await ended()).length > 0);
      assert.deepEqual(await ended(), ["静静 可以发言了"], "a timer fired more than once");
    }

    assert.equal(await huoqun.stop(), 0, huoqun.errors);
    const rebuilt = await huoqun.also("rebuild");
    assert.equal(rebuilt.code, 0, rebuilt.out);
  });
}

/** Groups with people in them; everybody is there before the first kill. */
async function gather(huoqun) {
  const operator = new Operator(huoqun);
  await operator.enter();
  const groups = [];
  for (let g = 0; g < GROUPS; g += 1) {
    const group = await operator.open(`夜跑 ${g}`);
    Object.assign(group, { writers: [], acknowledged: [], seen: [] });
    for (let w = 0; w < WRITERS; w += 1) {
      const writer = new Member(huoqun);
      await writer.join(group.path, `跑友${w}`);
      group.writers.push(writer);
    }
    const silent = new Member(huoqun);
    await silent.join(group.path, "静静");
    group.watcher = new Member(huoqun);
    await group.watcher.join(group.path, "看客");
    group.reader = group.watcher;
    await operator.keep(group);
    group.silent = await operator.number(group, "静静");
    groups.push(group);
  }
  return { operator, groups };
}

async function until(holds) {
  for (let n = 0; n < 200; n += 1) {
    if (await holds()) return;
    await pause(50);
  }
  assert.fail("it did not come true within ten seconds");
}
