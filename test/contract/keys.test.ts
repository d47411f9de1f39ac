import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newMasterKey, writeKeyFile } from '@mend/server/keys';
import { createFaults, type LogStore } from '@mend/server/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entry, id, type KeysFolder, keysFolder, texts } from './keys-folder.ts';

// Processes are started and killed here, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const isWiped = (wrapped: Uint8Array): boolean => wrapped.every((byte) => byte === 0);

let folder: KeysFolder;
beforeEach(() => {
  folder = keysFolder();
});
afterEach(() => folder.remove());

const WORDS = ['1 event word one', '2 update word two'];

async function filled(): Promise<LogStore> {
  const store = await folder.open();
  await store.create(id('s'), 1);
  await store.create(id('other'), 1);
  const entries = [entry('word one'), entry('word two', 'update')];
  for (const session of ['s', 'other'])
    expect(await store.append({ session: id(session), expect: 0, entries })).toEqual({ ok: true, head: 2 });
  return store;
}

/** Something that the folder may not be opened with. */
async function refusedWith(why: string): Promise<void> {
  const fault = await folder.refusal();
  expect(fault.why).toBe(why);
  expect(fault.sentence).toMatch(/^The .+\.$/);
  expect(fault.sentence).not.toMatch(/mend-key-1/);
}

test('K4 keys lie wrapped in a file of their own, one for each session, private to the server', async () => {
  await (await filled()).close();
  const [own, other] = [folder.wrapped('s'), folder.wrapped('other')];
  expect([own.length, other.length]).toEqual([1, 1]);
  expect(folder.traces(...own, ...other).map((hit) => hit.split(':')[0])).toEqual([
    'mend.keys.db',
    'mend.keys.db',
  ]);
  for (const file of [folder.keys, folder.master, `${folder.keys}-lock`])
    expect(statSync(file).mode & 0o777, file).toBe(0o600);
  const store = await folder.open();
  expect([await texts(store), await texts(store, id('other'))]).toEqual([WORDS, WORDS]);
});

test('K4 wrapped keys of two sessions that are swapped open neither', async () => {
  await (await filled()).close();
  const [[own], [other]] = [folder.wrapped('s'), folder.wrapped('other')];
  folder.sql(folder.keys, (db) => {
    const put = db.prepare('UPDATE data_key SET wrapped = ? WHERE session = ?');
    put.run(other ?? null, 's');
    put.run(own ?? null, 'other');
  });
  const store = await folder.open();
  await store.create(id('new'), 1);
  expect([await texts(store), await texts(store, id('other')), await texts(store, id('new'))]).toEqual([
    'damaged',
    'damaged',
    [],
  ]);
});

for (const step of ['begin', 'commit', 'answer'] as const) {
  test(`K4 a kill at ${step} of a new key leaves no session without one, and its id can be given`, async () => {
    expect(folder.child(`create, killed at keys ${step}`)).toEqual(['open']);
    expect(folder.wrapped('s')).toHaveLength(step === 'answer' ? 1 : 0);
    const store = await folder.open();
    expect(await store.get(id('s'))).toEqual({ ok: true, value: null });
    expect(await store.create(id('s'), 1)).toEqual({ ok: true });
    expect(await store.append({ session: id('s'), expect: 0, entries: [entry('x')] })).toMatchObject({
      ok: true,
    });
    expect(await texts(store)).toEqual(['1 event x']);
  });
}

test('K5 an erased session leaves no wrapped key in any file, and its id is not given again', async () => {
  const first = await filled();
  await first.close();
  const [wrapped = new Uint8Array()] = folder.wrapped('s');
  const store = await folder.open();
  expect(await store.erase(id('s'))).toEqual({ ok: true, existed: true });
  expect(folder.traces(wrapped)).toEqual([]);
  expect(await store.create(id('s'), 1)).toEqual({ ok: false, why: 'exists' });
  expect(await texts(store, id('other'))).toEqual(WORDS);
  await store.close();
  expect(folder.wrapped('s').map(isWiped)).toEqual([true]);
});

for (const step of ['begin', 'commit', 'answer']) {
  test(`K5 a kill at ${step} of the rows leaves what nobody can read, and the next start erases it`, async () => {
    expect(folder.child(`erase, killed at store ${step}`)).toEqual([
      'open',
      { ok: true },
      { ok: true, head: 2 },
    ]);
    expect(folder.wrapped('s').map(isWiped)).toEqual([true]);
    const store = await folder.open();
    expect([await store.get(id('s')), await texts(store)]).toEqual([{ ok: true, value: null }, []]);
    expect(await store.create(id('s'), 1)).toEqual({ ok: false, why: 'exists' });
    await store.close();
    let left: unknown;
    folder.sql(folder.file, (db) => {
      left = db.prepare('SELECT count(*) AS entries FROM entry').get();
    });
    expect(left).toEqual({ entries: 0 });
  });
}

test('K5 a kill before the key is destroyed leaves the session as it was', async () => {
  expect(folder.child('erase, killed at keys commit')).toEqual(['open', { ok: true }, { ok: true, head: 2 }]);
  expect(await texts(await folder.open())).toEqual(WORDS);
});

test('K5 where the rows cannot be erased yet, the session is gone all the same, and asking again erases it', async () => {
  await (await filled()).close();
  const faults = createFaults();
  const store = await folder.open({ faults: faults.words });
  faults.set('begin', 'disk-full', 1);
  expect(await store.erase(id('s'))).toEqual({ ok: false, why: 'cannot-write', reason: 'disk-full' });
  expect([await texts(store), await store.get(id('s'))]).toEqual([[], { ok: true, value: null }]);
  expect(await store.list({ limit: 1 })).toMatchObject({ value: [{ session: 'other' }] });
  expect(await store.list({ after: id('other'), limit: 1 })).toEqual({ ok: true, value: [] });
  const gone = { ok: false, why: 'gone', head: 0 };
  expect(await store.append({ session: id('s'), expect: 2, entries: [entry('x')] })).toEqual(gone);
  expect(await store.erase(id('s'))).toEqual({ ok: true, existed: true });
});

test('K6 what remains of a session has a new key, and the one of all before it is destroyed', async () => {
  await (await filled()).close();
  const [before = new Uint8Array()] = folder.wrapped('s');
  const store = await folder.open();
  const append = (expect: number, ...entries: Parameters<typeof entry>[]) =>
    store.append({ session: id('s'), expect, entries: entries.map((one) => entry(...one)) });
  const outcomes = await Promise.all([
    append(2, ['before']),
    append(3, ['what remains', 'remains']),
    append(4, ['and after']),
    append(5, ['and then']),
  ]);
  expect(outcomes).toEqual([3, 4, 5, 6].map((head) => ({ ok: true, head })));
  expect(await texts(store)).toEqual(['4 remains what remains', '5 event and after', '6 event and then']);
  expect(folder.traces(before)).toEqual([]);
  await store.close();
  expect(folder.wrapped('s').map(isWiped)).toEqual([true, false]);
  expect(await texts(await folder.open())).toHaveLength(3);
});

test('K6 remains that fall take no key with them, and their chain falls too', async () => {
  await (await filled()).close();
  const faults = createFaults();
  const store = await folder.open({ faults: faults.words });
  const append = (expect: number, kind: 'remains' | 'event') =>
    store.append({ session: id('s'), expect, entries: [entry(kind, kind)] });
  const conflict = { ok: false, why: 'conflict', head: 2 };
  expect(await Promise.all([append(7, 'remains'), append(8, 'event')])).toEqual([conflict, conflict]);
  faults.set('commit', 'disk-full', 1);
  expect(await append(2, 'remains')).toMatchObject({ reason: 'disk-full' });
  expect(await append(2, 'event')).toEqual({ ok: true, head: 3 });
  expect(await texts(store)).toEqual([...WORDS, '3 event event']);
  expect(await append(3, 'remains')).toEqual({ ok: true, head: 4 });
  await store.close();
  expect(folder.wrapped('s').filter((wrapped) => !isWiped(wrapped))).toHaveLength(1);
  expect(await texts(await folder.open())).toEqual(['4 remains remains']);
});

for (const [step, appended] of [
  ['keys commit', false],
  ['keys answer', false],
  ['store begin', false],
  ['store answer', true],
] as const) {
  test(`K6 a kill at ${step} leaves the one or the other, and the next start the keys that it needs`, async () => {
    expect(folder.child(`remains, killed at ${step}`)).toEqual(['open', { ok: true }, { ok: true, head: 2 }]);
    const store = await folder.open();
    expect(await texts(store)).toEqual(appended ? ['3 remains what remains'] : WORDS);
    expect(
      await store.append({ session: id('s'), expect: appended ? 3 : 2, entries: [entry('on')] }),
    ).toMatchObject({ ok: true });
    await store.close();
    expect(folder.wrapped('s').map(isWiped)[0]).toBe(appended);
    expect(await texts(await folder.open())).toHaveLength(appended ? 2 : 3);
  });
}

test('K7 the master key is made at the first start, and lies in no other file', async () => {
  await (await filled()).close();
  const text = readFileSync(folder.master, 'utf8');
  const encoded = /^mend-key-1 [0-9a-f]{16} (\S{43})\n$/.exec(text)?.[1] ?? '';
  const raw = Buffer.from(encoded, 'base64url');
  expect(raw).toHaveLength(32);
  expect(folder.traces(raw)).toEqual([]);
  expect(folder.traces(Buffer.from(encoded)).map((hit) => hit.split(':')[0])).toEqual(['mend.key']);
  await (await folder.open()).close();
  expect(readFileSync(folder.master, 'utf8')).toBe(text);
});

test('K7 another place may be named for it, and a key that lies there before the first start is taken', async () => {
  const keyFile = join(folder.path, 'elsewhere', 'own.key');
  const own = newMasterKey();
  expect(writeKeyFile(keyFile, [own])).toMatchObject({ ok: true });
  const store = await folder.open({ keyFile });
  await store.create(id('s'), 1);
  await store.close();
  expect([existsSync(folder.master), readFileSync(keyFile, 'utf8').includes(own.id)]).toEqual([false, true]);
  await refusedWith('key-missing');
  await folder.open({ keyFile });
});

test('K7 a missing key is a refusal, never a new one, also before the first session', async () => {
  await (await folder.open()).close();
  rmSync(folder.master);
  await refusedWith('key-missing');
  expect(existsSync(folder.master)).toBe(false);
});

test.each<[string, (text: string) => string | null, number, string]>([
  ['another key', () => null, 0o600, 'key-wrong'],
  ['a short one', (text) => text.slice(0, 50), 0o600, 'key-malformed'],
  ['an empty one', () => '', 0o600, 'key-malformed'],
  [
    'an altered one',
    (text) => `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`,
    0o600,
    'key-malformed',
  ],
  ['one that others can read', (text) => text, 0o644, 'key-exposed'],
  ['one that the group can read', (text) => text, 0o640, 'key-exposed'],
])('K7 %s is a refusal that changes nothing', async (_, forge, mode, why) => {
  await (await filled()).close();
  const kept = readFileSync(folder.master, 'utf8');
  const forged = forge(kept);
  if (forged === null) writeKeyFile(folder.master, [newMasterKey()]);
  else writeFileSync(folder.master, forged);
  chmodSync(folder.master, mode);
  const before = readFileSync(folder.master, 'utf8');
  await refusedWith(why);
  expect(readFileSync(folder.master, 'utf8')).toBe(before);
  writeFileSync(folder.master, kept);
  chmodSync(folder.master, 0o600);
  expect(await texts(await folder.open())).toEqual(WORDS);
});

test('K7 a folder in place of the key is a refusal', async () => {
  await (await folder.open()).close();
  expect(await folder.refusal({ keyFile: folder.path })).toMatchObject({ why: 'key-unreadable' });
});

test('K9 a store whose keys are lost is refused, and one with older keys lacks the newer sessions alone', async () => {
  await (await filled()).close();
  const backup = join(folder.path, 'backup');
  copyFileSync(folder.keys, backup);
  const later = await folder.open();
  await later.create(id('later'), 1);
  await later.append({ session: id('later'), expect: 0, entries: [entry('x')] });
  await later.close();
  rmSync(folder.keys);
  await refusedWith('keys-missing');
  copyFileSync(backup, folder.keys);
  const store = await folder.open();
  expect([await texts(store), await texts(store, id('later'))]).toEqual([WORDS, 'damaged']);
});

test('K9 a wrapped key of which a bit flipped is damage to its session alone', async () => {
  await (await filled()).close();
  const [wrapped = new Uint8Array()] = folder.wrapped('s');
  for (const at of [0, 10, 40, 67]) {
    const forged = wrapped.slice();
    forged[at] = (forged[at] ?? 0) ^ 1;
    folder.sql(folder.keys, (db) =>
      db.prepare(`UPDATE data_key SET wrapped = ? WHERE session = 's'`).run(forged),
    );
    const store = await folder.open();
    expect([await texts(store), await texts(store, id('other'))]).toEqual(['damaged', WORDS]);
    await store.close();
  }
});

test('K9 keys that say of no master key are a refusal', async () => {
  await (await filled()).close();
  folder.sql(folder.keys, (db) => db.exec('DELETE FROM canary'));
  await refusedWith('keys-damaged');
});

for (const reason of ['disk-full', 'read-only', 'busy'] as const) {
  test(`K10 ${reason} in the file of the keys is an answer, writes nothing, and passes`, async () => {
    await (await filled()).close();
    const faults = createFaults();
    const store = await folder.open({ keyFaults: faults.words });
    const refused = { ok: false, why: 'cannot-write', reason };
    const remains = (expect: number) =>
      store.append({ session: id('s'), expect, entries: [entry('what remains', 'remains')] });
    const behind = () => store.append({ session: id('s'), expect: 3, entries: [entry('built on it')] });
    faults.set('commit', reason);
    expect(await store.create(id('new'), 1)).toEqual(refused);
    expect(await Promise.all([remains(2), behind()])).toEqual([refused, refused]);
    expect(await store.erase(id('s'))).toEqual(refused);
    expect([await texts(store), await store.get(id('new')), await store.ping()]).toEqual([
      WORDS,
      { ok: true, value: null },
      true,
    ]);
    faults.clear('commit');
    expect(await store.create(id('new'), 1)).toEqual({ ok: true });
    expect(await remains(2)).toEqual({ ok: true, head: 3 });
    expect(await store.erase(id('s'))).toEqual({ ok: true, existed: true });
  });
}

test('K10 after the disk of the keys failed nothing more is accepted, and the server is told to end', async () => {
  await (await filled()).close();
  const faults = createFaults();
  const told: string[] = [];
  const store = await folder.open({ keyFaults: faults.words, onFailed: (detail) => told.push(detail) });
  faults.set('commit', 'io', 1);
  const io = { ok: false, why: 'cannot-write', reason: 'io' };
  expect([await store.create(id('new'), 1), await store.erase(id('s')), await store.ping()]).toEqual([
    io,
    io,
    false,
  ]);
  expect(told).toHaveLength(1);
  await store.close();
  expect(await texts(await folder.open())).toEqual(WORDS);
});
