// The demonstration from start to end: it serves at once, fills while it is looked at, is backed up
// while it runs, comes back from the backup, goes on where it was, and is taken away whole.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { databases } from "../lib/databases.mjs";
import { Operator, pause } from "../lib/people.mjs";
import { Huoqun } from "../lib/program.mjs";

const DEMO = ["demo", "--groups", "6", "--days", "6", "--quiet"];

for (const { name, make } of databases) {
  test(`a demonstration fills, is backed up, restored and taken away: ${name}`, async (t) => {
    const [database, other] = [await make(t), await make(t)];
    if (database === null) return t.skip("no PostgreSQL");
    const folder = await mkdtemp(join(tmpdir(), "huoqun-e2e-backup-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const huoqun = await Huoqun.start({ command: DEMO, database });
    t.after(() => huoqun.end());
    const operator = new Operator(huoqun);
    await operator.enter();
    assert.match(await operator.page("/today"), /今日/);
    await filled(huoqun, 6);
    const real = await operator.open("真的群");

    const file = join(folder, "huoqun.backup");
    const backup = await huoqun.also("backup", file);
    assert.equal(backup.code, 0, backup.out);
    assert.match(backup.out, /7 groups/);
    assert.equal(await huoqun.stop(), 0, huoqun.errors);

    await huoqun.run();
    await filled(huoqun, 6);
    assert.match(await operator.page("/groups?q=真的"), /真的群/, "the session lives on");
    assert.equal(await huoqun.stop(), 0, huoqun.errors);

    const place = other ? ["--database", other] : ["--data", join(folder, "again")];
    const restored = await huoqun.also("restore", file, { place });
    assert.equal(restored.code, 0, restored.out);
    const twice = await huoqun.also("restore", file, { place });
    assert.equal(twice.code, 1, "a restore over data was not refused");
    const second = await Huoqun.start({ command: ["demo", "--quiet", "--groups", "6"], place });
    t.after(() => second.end());
    assert.equal((await second.visit(`${real.path}`)).status, 200);
    assert.equal(await second.stop(), 0, second.errors);

    const kept = await huoqun.also("wipe-demo");
    assert.equal(kept.code, 1, "a group opened by hand went without a word");
    assert.match(kept.out, /真的群/);
    const wiped = await huoqun.also("wipe-demo", "--all");
    assert.equal(wiped.code, 0, wiped.out);
    assert.match(wiped.out, /all demo data is removed/);
    assert.match((await huoqun.also("wipe-demo")).out, /no demo data/);
    const rebuilt = await huoqun.also("rebuild");
    assert.equal(rebuilt.code, 0, rebuilt.out);
  });
}

async function filled(huoqun, groups) {
  for (let n = 0; n < 600; n += 1) {
    if (new RegExp(`(ready|已就绪).*${groups}`).test(huoqun.errors)) return;
    await pause(100);
  }
  assert.fail(`it was not filled within a minute: ${huoqun.errors}`);
}
