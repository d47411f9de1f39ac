/** L8 L9 The writing side alone: no page keeps what was replaced or erased. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SessionId, sessionId } from '@mend/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewEntry } from './log-store.ts';
import { migrations } from './migrations/index.ts';
import { createBatchWriter } from './sqlite-batch.ts';
import { configure, connect, migrate, prepareFiles } from './sqlite-file.ts';

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

test('L8 L9 of thousands of words that were replaced or erased among others, none is left on any page', () => {
  // Rows that SQLite moves leave copies behind that secure_delete does not know of: see migrations/0001-log.ts.
  prepareFiles(file);
  const db = connect(file);
  configure(db);
  db.exec('PRAGMA synchronous = OFF');
  migrate(db, file, migrations);
  const writer = createBatchWriter(db, null);
  let seed = 20_260_101;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let sessions = 0;
  let words = 0;
  const live: { session: SessionId; head: number; kept: string[]; replaceable: string[] }[] = [];
  const gone: string[] = [];
  const run = (operation: Parameters<typeof writer.run>[0][number]): void => {
    expect(writer.run([operation]).answers[0]?.outcome).toMatchObject({ ok: true });
  };
  for (let step = 0; step < 12_000; step += 1) {
    const place = random(30);
    let log = live[place];
    if (log === undefined || random(1500) === 0) {
      if (log !== undefined) run({ type: 'erase', session: log.session });
      gone.push(...(log?.kept ?? []), ...(log?.replaceable ?? []));
      sessions += 1;
      log = { session: id(`session-${sessions}`), head: 0, kept: [], replaceable: [] };
      live[place] = log;
      run({ type: 'create', session: log.session, at: 1 });
    }
    words += 1;
    const word = `<${words}>`;
    const die = random(50);
    const kind = die === 0 ? 'snapshot' : die < 6 ? 'event' : 'update';
    if (kind === 'snapshot') gone.push(...log.replaceable.splice(0));
    (kind === 'event' ? log.kept : log.replaceable).push(word);
    const length = random(kind === 'snapshot' ? 6000 : random(80) === 0 ? 9000 : 120);
    run({
      type: 'append',
      session: log.session,
      expect: log.head,
      entries: [entry(word + '.'.repeat(length), kind)],
      after: [],
      doomed: false,
    });
    log.head += 1;
    if (random(100) === 0) writer.tidy();
  }
  expect(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
  expect(statSync(`${file}-wal`).size).toBe(0);
  db.close();
  const found = new Set(readFileSync(file, 'latin1').match(/<\d+>/g));
  expect(gone.length).toBeGreaterThan(8000);
  expect(gone.filter((word) => found.has(word))).toEqual([]);
  expect(
    live.flatMap(({ kept, replaceable }) => [...kept, ...replaceable]).filter((word) => !found.has(word)),
  ).toEqual([]);
});
