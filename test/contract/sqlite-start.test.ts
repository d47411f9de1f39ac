/** L18 Files of other builds and other programs; L19 who may read and write the files. */
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { child, cleanups, file, folder, id, open, refusal } from '../support/store-file.ts';

test('L18 a store of a newer build is refused and left as it is', async () => {
  await (await open()).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  const before = readFileSync(file);
  expect(await refusal()).toMatchObject({ why: 'newer', sentence: expect.stringContaining('version 99') });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("L18 another program's database is refused and left as it is", async () => {
  mkdirSync(join(file, '..'));
  const db = new DatabaseSync(file);
  db.exec('CREATE TABLE theirs (id INTEGER)');
  db.close();
  const before = readFileSync(file);
  expect((await refusal()).why).toBe('cannot-open');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('L19 folder and files are private', async () => {
  const store = await open();
  await store.create(id('s'), 1);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(file, '..')).sort()).toEqual([
    'mend.db',
    'mend.db-lock',
    'mend.db-shm',
    'mend.db-wal',
  ]);
  for (const name of readdirSync(join(file, '..')))
    expect(statSync(join(file, '..', name)).mode & 0o777).toBe(0o600);
});

for (const existing of [false, true]) {
  test(`L19 a read-only folder is refused, ${existing ? 'with a store in it' : 'without one'}`, async () => {
    if (existing) await (await open()).close();
    else mkdirSync(join(file, '..'));
    // The folder that holds it must let the other user in; root itself would not be stopped by any mode.
    chmodSync(folder, 0o755);
    chmodSync(join(file, '..'), 0o555);
    if (existing && process.getuid?.() === 0)
      for (const each of [file, `${file}-lock`]) chownSync(each, 65534, 65534);
    cleanups.push(() => chmodSync(join(file, '..'), 0o755));
    const opening = child('open as nobody');
    await opening.line(1);
    expect(opening.lines()).toMatchObject([{ why: 'read-only' }]);
  });
}

test('L19 a file that is no database, or damaged in its header, is refused and left as it is', async () => {
  await (await open()).close();
  const sound = readFileSync(file);
  for (const at of [0, 16, 100]) {
    const bytes = Buffer.from(sound);
    bytes.fill(0xee, at, at + 4);
    writeFileSync(file, bytes);
    expect({ at, why: (await refusal()).why }).toEqual({ at, why: 'damaged' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  }
  writeFileSync(file, sound);
  await open();
});

test('L19 a path that cannot be made is refused', async () => {
  writeFileSync(join(folder, 'store'), 'a file where a folder should be');
  expect(await refusal()).toMatchObject({ why: 'cannot-open' });
});
