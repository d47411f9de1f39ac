import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entry, id, type KeysFolder, keysFolder, texts } from './keys-folder.ts';

// Processes are started and killed here, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const SESSIONS = Array.from({ length: 450 }, (_, index) => `s${index}`);
const ADMIN = resolve(import.meta.dirname, '../../apps/server/src/admin.ts');

let folder: KeysFolder;
beforeEach(async () => {
  folder = keysFolder();
  const store = await folder.open();
  await Promise.all(SESSIONS.map((name) => store.create(id(name), 1)));
  await Promise.all(
    SESSIONS.map((name) =>
      store.append({ session: id(name), expect: 0, entries: [entry(`words of ${name}`)] }),
    ),
  );
  await store.erase(id('s7'));
  await store.close();
});
afterEach(() => folder.remove());

const lines = (): readonly string[] => readFileSync(folder.master, 'utf8').trimEnd().split('\n');
const idOf = (line = ''): string => line.split(' ')[1] ?? '';

/** How many keys are wrapped by each master key. */
function mastersInUse(): Readonly<Record<string, number>> {
  let found: Record<string, number> = {};
  folder.sql(folder.keys, (db) => {
    const rows = db
      .prepare(
        `SELECT lower(hex(substr(wrapped, 1, 8))) AS master, count(*) AS keys FROM data_key
         WHERE wrapped <> zeroblob(68) GROUP BY master`,
      )
      .all();
    found = Object.fromEntries(rows.map(({ master, keys }) => [String(master), Number(keys)]));
  });
  return found;
}

/** Every session reads as it was, and a new one can be made. */
async function everythingWorks(fresh: string): Promise<void> {
  const store = await folder.open();
  for (const name of SESSIONS) {
    expect(await texts(store, id(name))).toEqual(name === 's7' ? [] : [`1 event words of ${name}`]);
  }
  expect(await store.create(id(fresh), 1)).toEqual({ ok: true });
  expect(await store.append({ session: id(fresh), expect: 0, entries: [entry('new')] })).toMatchObject({
    ok: true,
  });
  await store.close();
}

test('K8 a rotation wraps every key anew, and the old master key opens nothing any more', async () => {
  const [old] = lines();
  const said = folder.child('rotate');
  expect(said.at(-1)).toEqual({ rewrapped: 449, resumed: false });
  expect(lines()).toHaveLength(1);
  expect(idOf(lines()[0])).not.toBe(idOf(old));
  expect(mastersInUse()).toEqual({ [idOf(lines()[0])]: 449 });
  await everythingWorks('fresh');
  writeFileSync(folder.master, `${old}\n`);
  expect((await folder.refusal()).why).toBe('key-wrong');
});

const kills = [
  ['key-added', 449, 2],
  ['canary-set', 449, 2],
  ['rewrapped 1', 249, 2],
  ['rewrapped 2', 49, 2],
  ['rewrapped 3', 0, 2],
  ['wiped', 0, 2],
  ['canary-dropped', 0, 2],
  ['key-dropped', 0, 1],
] as const;

for (const [step, left, keys] of kills) {
  test(`K8 killed after ${step}, everything reads and writes, and running it again ends it`, async () => {
    const [old] = lines();
    folder.child(`rotate, killed at ${step}`);
    expect([lines().length, mastersInUse()[idOf(old)] ?? 0]).toEqual([keys, left]);
    const [current] = lines();
    await everythingWorks('fresh');
    expect(mastersInUse()[idOf(current)]).toBe(449 - left + 1);
    const said = folder.child('rotate');
    expect(said.at(-1)).toEqual(
      keys === 2 ? { rewrapped: left, resumed: true } : { rewrapped: 450, resumed: false },
    );
    expect(lines()).toHaveLength(1);
    expect(idOf(lines()[0]) === idOf(current)).toBe(keys === 2);
    expect(mastersInUse()).toEqual({ [idOf(lines()[0])]: 450 });
    await everythingWorks('fresher');
  });
}

test('K8 killed in between again and again, it comes to its end', async () => {
  for (const step of ['key-added', 'rewrapped 1', 'rewrapped 2', 'canary-dropped'])
    folder.child(`rotate, killed at ${step}`);
  expect(folder.child('rotate').at(-1)).toEqual({ rewrapped: 0, resumed: true });
  await everythingWorks('fresh');
});

test('K8 in the midst of it neither key file alone is taken for the whole', async () => {
  folder.child('rotate, killed at rewrapped 1');
  const both = lines();
  for (const line of both) {
    writeFileSync(folder.master, `${line}\n`);
    expect((await folder.refusal()).why).toBe('key-wrong');
  }
  writeFileSync(folder.master, `${both.join('\n')}\n`);
  await everythingWorks('fresh');
});

test('K8 a draft of the key file that a crash left goes at the next start', async () => {
  writeFileSync(`${folder.master}.new`, readFileSync(folder.master));
  await (await folder.open()).close();
  expect(existsSync(`${folder.master}.new`)).toBe(false);
});

test('K8 a key that cannot be read keeps the old master key from going', async () => {
  const [wrapped = new Uint8Array()] = folder.wrapped('s1');
  const forged = wrapped.slice();
  forged[30] = (forged[30] ?? 0) ^ 1;
  folder.sql(folder.keys, (db) =>
    db.prepare(`UPDATE data_key SET wrapped = ? WHERE session = 's1'`).run(forged),
  );
  expect(folder.child('rotate').at(-1)).toMatchObject({ why: 'keys-damaged' });
  expect(lines()).toHaveLength(2);
});

/** The command as it is run, without the launcher. */
function admin(...words: readonly string[]): { readonly code: number | null; readonly said: string } {
  const env = { ...process.env, MEND_STORE: `sqlite:${folder.file}`, MEND_KEY_FILE: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [ADMIN, ...words], {
    env,
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

test('K8 the command says what it did, that the server must be stopped first, and how it is used', async () => {
  const store = await folder.open();
  const before = lines();
  const locked = admin('rotate-key');
  expect([locked.code, locked.said]).toEqual([
    1,
    expect.stringMatching(/Another server is using .+; stop it first/),
  ]);
  expect(lines()).toEqual(before);
  await store.close();
  expect(admin()).toMatchObject({ code: 1, said: expect.stringContaining('rotate-key') });
  const done = admin('rotate-key');
  expect(done).toMatchObject({
    code: 0,
    said: expect.stringContaining('449 keys of sessions were wrapped anew'),
  });
  expect(done.said).toContain(join(folder.path, 'mend.key'));
  await everythingWorks('fresh');
});

test('K8 where there is nothing yet, the command makes nothing', () => {
  const env = {
    ...process.env,
    MEND_STORE: `sqlite:${join(folder.path, 'none', 'mend.db')}`,
    MEND_KEY_FILE: '',
  };
  const { status, stderr } = spawnSync(process.execPath, [ADMIN, 'rotate-key'], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('holds no keys yet')]);
  expect(existsSync(join(folder.path, 'none'))).toBe(false);
});
