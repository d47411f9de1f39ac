/** L17 L18 What a start makes sure of, with the settings and migrations that only the store itself knows. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type SessionId, sessionId } from '@mend/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LogStore, type NewEntry, openStore, type StoreFault, type StoreOptions } from './index.ts';
import { migrations } from './migrations/index.ts';
import { configure, connect, prepareFiles, whatIsMissing } from './sqlite-file.ts';

let folder: string;
let file: string;
let cleanups: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mend-sqlite-'));
  file = join(folder, 'store', 'mend.db');
  cleanups = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

const id = (raw: string): SessionId => sessionId(raw);
const entry = (text: string, kind: NewEntry['kind'] = 'event'): NewEntry => ({
  at: 1,
  kind,
  body: Buffer.from(text),
});

async function open(options: StoreOptions = {}, at = file): Promise<LogStore> {
  const opened = await openStore(`sqlite:${at}`, options);
  if (!opened.ok) throw new Error(opened.error.sentence);
  cleanups.push(() => opened.value.close());
  return opened.value;
}

async function refusal(options: StoreOptions = {}, at = file): Promise<StoreFault> {
  const opened = await openStore(`sqlite:${at}`, options);
  if (!opened.ok) return opened.error;
  await opened.value.close();
  throw new Error('it was opened');
}

async function texts(store: LogStore, session: string): Promise<string[]> {
  const read = await store.read(id(session), 1, 1_000_000);
  if (!read.ok) throw new Error(read.error);
  return read.value.map(({ seq, body }) => `${seq} ${Buffer.from(body).toString()}`);
}

test('L17 the settings are read back', async () => {
  prepareFiles(file);
  const db = connect(file);
  cleanups.push(() => db.close());
  configure(db);
  expect(whatIsMissing(db)).toBeNull();
  db.exec('PRAGMA synchronous = NORMAL');
  expect(whatIsMissing(db)).toBe('synchronous is 1 and must be 2');
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST');
  expect(whatIsMissing(db)).toBe('secure_delete is 2 and must be 1');
  db.exec('PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE');
  expect(whatIsMissing(db)).toBe('journal_mode is delete and must be wal');
});

test('L17 a start without them is refused', async () => {
  expect((await refusal({}, ':memory:')).why).toBe('not-durable');
  mkdirSync(join(file, '..'));
  const db = new DatabaseSync(file);
  db.exec(
    `PRAGMA page_size = 8192; ${migrations[0]} PRAGMA application_id = 0x4d656e64; PRAGMA user_version = 1`,
  );
  db.close();
  expect(await refusal()).toMatchObject({
    why: 'not-durable',
    sentence: expect.stringContaining('page_size is 8192'),
  });
});

test('L18 an older store is migrated, and no copy stays', async () => {
  let store = await open();
  await store.create(id('s'), 1);
  await store.append({ session: id('s'), expect: 0, entries: [entry('kept')] });
  await store.close();
  store = await open({ migrations: [...migrations, 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT'] });
  expect(await texts(store, 's')).toEqual(['1 kept']);
  await store.close();
  expect(readdirSync(join(file, '..')).sort()).toEqual(['mend.db', 'mend.db-lock']);
  expect((await refusal()).why).toBe('newer');
});

test('L18 a migration that fails changes nothing, and the copy made before it stays until one succeeds', async () => {
  let store = await open();
  await store.create(id('s'), 1);
  await store.append({ session: id('s'), expect: 0, entries: [entry('kept')] });
  await store.close();
  const broken = [
    ...migrations,
    'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE session (id INTEGER)',
  ];
  expect((await refusal({ migrations: broken })).why).toBe('cannot-open');
  const copy = `${file}-before-migration`;
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const restored = join(folder, 'restored', 'mend.db');
  mkdirSync(join(restored, '..'));
  copyFileSync(copy, restored);
  expect(await texts(await open({}, restored), 's')).toEqual(['1 kept']);
  store = await open();
  expect(await texts(store, 's')).toEqual(['1 kept']);
  expect(existsSync(copy)).toBe(false);
});
