import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { SessionId } from '@mend/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createFaults,
  type LogStore,
  type NewEntry,
  openStore,
  type StoreFault,
  type StoreOptions,
} from '../../apps/server/src/store/index.ts';
import { migrations } from '../../apps/server/src/store/migrations/index.ts';
import { createBatchWriter } from '../../apps/server/src/store/sqlite-batch.ts';
import {
  configure,
  connect,
  migrate,
  prepareFiles,
  whatIsMissing,
} from '../../apps/server/src/store/sqlite-file.ts';

const CHILD = fileURLToPath(new URL('./sqlite-store-child.ts', import.meta.url));
const id = (raw: string): SessionId => raw as SessionId;
const entry = (text: string, kind: NewEntry['kind'] = 'event'): NewEntry => ({
  at: 1,
  kind,
  body: Buffer.from(text),
});

// Processes are started and killed here, on machines that may be busy. What must happen in a second says so itself.
vi.setConfig({ testTimeout: 30_000 });

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

/** A child process and its lines; ends with the test at the latest. */
function child(
  mode: string,
  at = file,
): {
  process: ChildProcess;
  lines: () => unknown[];
  line: (count: number) => Promise<void>;
  kill: () => Promise<void>;
} {
  const started = spawn(process.execPath, [CHILD, mode, at], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const closed = once(started, 'close');
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const lines = (): unknown[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const kill = async (): Promise<void> => {
    started.kill('SIGKILL');
    await closed;
  };
  cleanups.push(kill);
  const line = async (count: number): Promise<void> => {
    while (lines().length < count && started.exitCode === null && started.signalCode === null) {
      await Promise.race([once(started.stdout, 'data'), closed]);
    }
    if (lines().length < count) await closed;
  };
  return { process: started, lines, line, kill };
}

/** Which of the words are in which files of the store. By another process: see the warning at `takeLock`. */
function traces(...words: string[]): string[] {
  const code = `const fs = require('node:fs'); const [folder, ...words] = process.argv.slice(1); const found = [];
    for (const file of fs.readdirSync(folder)) { const bytes = fs.readFileSync(folder + '/' + file);
      for (const word of words) if (bytes.includes(word)) found.push(file + ': ' + word); }
    console.log(JSON.stringify(found));`;
  const found: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', code, join(file, '..'), ...words], { encoding: 'utf8' }),
  );
  return Array.isArray(found) ? found.map(String) : [];
}

async function texts(store: LogStore, session: string): Promise<string[]> {
  const read = await store.read(id(session), 1, 1_000_000);
  if (!read.ok) throw new Error(read.error);
  return read.value.map(({ seq, body }) => `${seq} ${Buffer.from(body).toString()}`);
}

test('L6 ten kills in the midst of commits lose nothing that was answered and leave no gap', async () => {
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < 10; round += 1) {
    const writer = child('append');
    await writer.line(2 + round * 13);
    await writer.kill();
    for (const said of writer.lines()) {
      if (Array.isArray(said))
        acknowledged.set(String(said[0]), Math.max(acknowledged.get(String(said[0])) ?? 0, Number(said[1])));
    }
    const store = await open();
    for (const name of ['s0', 's1', 's2', 's3']) {
      const log = await texts(store, name);
      expect(log.length).toBeGreaterThanOrEqual(acknowledged.get(name) ?? 0);
      expect(log).toEqual(log.map((_, index) => `${index + 1} ${name}/${index + 1}`));
      const row = await store.get(id(name));
      expect(row.ok && (row.value?.head ?? 0)).toBe(log.length);
    }
    await store.close();
  }
  expect([...acknowledged.values()].reduce((sum, head) => sum + head, 0)).toBeGreaterThan(300);
});

for (const [step, stored] of [
  ['begin', false],
  ['write', false],
  ['commit', false],
  ['answer', true],
  ['checkpoint', true],
] as const) {
  test(`L6 a crash at ${step} leaves the batch ${stored ? 'whole' : 'out'}, and the next one goes on from there`, async () => {
    const crashing = child(`crash at ${step}`);
    await once(crashing.process, 'exit');
    expect(crashing.process.signalCode).toBe('SIGKILL');
    await crashing.line(Number.POSITIVE_INFINITY);
    expect(crashing.lines()).toEqual(step === 'checkpoint' ? ['appended', 'answered'] : ['appended']);
    const store = await open();
    expect(await texts(store, 's')).toEqual(stored ? ['3 what stays'] : ['1 taken-back-1', '2 taken-back-2']);
    expect(
      await store.append({ session: id('s'), expect: stored ? 3 : 2, entries: [entry('x')] }),
    ).toMatchObject({ ok: true });
  });
}

test('L8 what a snapshot replaced is in no file within one second', async () => {
  const store = await open();
  await store.create(id('s'), 1);
  await store.create(id('other'), 1);
  await store.append({ session: id('other'), expect: 0, entries: [entry('word-of-another', 'update')] });
  const long = `word-long${'-'.repeat(9000)}word-end`;
  await store.append({
    session: id('s'),
    expect: 0,
    entries: [
      entry('word-1', 'update'),
      entry(long, 'update'),
      entry(`word-old${long}`, 'snapshot'),
      entry('word-2', 'update'),
    ],
  });
  const secrets = ['word-1', 'word-2', 'word-long', 'word-end', 'word-old'];
  expect(traces('word-2')).not.toEqual([]);
  await store.append({ session: id('s'), expect: 4, entries: [entry('what-stays', 'snapshot')] });
  await expect.poll(() => traces(...secrets), { timeout: 1000, interval: 10 }).toEqual([]);
  expect(traces('what-stays', 'word-of-another')).toEqual([
    'mend.db: what-stays',
    'mend.db: word-of-another',
  ]);
});

test('L8 while another program reads the file it is tried until it took', async () => {
  const faults = createFaults();
  const store = await open({ faults: faults.words });
  await store.create(id('s'), 1);
  await store.append({ session: id('s'), expect: 0, entries: [entry('word-1', 'update')] });
  const reader = new DatabaseSync(file, { readOnly: true });
  cleanups.push(() => reader.isOpen && reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM entry').get();
  faults.set('checkpoint', 'busy', 2);
  await store.append({ session: id('s'), expect: 1, entries: [entry('what-stays', 'snapshot')] });
  let erased = false;
  const erasing = store.erase(id('nobody')).finally(() => {
    erased = true;
  });
  // Others go on, and the erasure does not say that it is done.
  for (let head = 2; head < 40; head += 1) {
    expect(await store.append({ session: id('s'), expect: head, entries: [entry('event')] })).toMatchObject({
      ok: true,
    });
  }
  expect([erased, traces('word-1').length > 0]).toEqual([false, true]);
  reader.exec('COMMIT');
  await expect.poll(() => traces('word-1'), { timeout: 1000, interval: 10 }).toEqual([]);
  expect(await erasing).toEqual({ ok: true, existed: false });
});

test('L8 after a crash before the WAL was truncated it is truncated at the next start', async () => {
  const crashing = child('crash at checkpoint');
  await once(crashing.process, 'exit');
  expect(traces('taken-back-1')).toEqual(['mend.db-wal: taken-back-1']);
  await open();
  expect(traces('taken-back-1', 'taken-back-2')).toEqual([]);
  expect(statSync(`${file}-wal`).size).toBe(0);
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

test('L9 when an erasure is answered its bytes are in no file', async () => {
  const store = await open();
  await store.create(id('s'), 1);
  await store.append({
    session: id('s'),
    expect: 0,
    entries: [entry('word-event'), entry('word-update', 'update'), entry('word-snapshot', 'snapshot')],
  });
  await store.erase(id('s'));
  expect(traces('word-event', 'word-update', 'word-snapshot')).toEqual([]);
});

test('L12 a full disk refuses, keeps what was there, and goes on when there is room', async () => {
  const disk = smallDisk();
  const store = await open({ faults: disk.faults.words }, join(disk.folder, 'mend.db'));
  await store.create(id('s'), 1);
  await store.append({ session: id('s'), expect: 0, entries: [entry('before')] });
  disk.fill();
  let head = 1;
  const body = 'x'.repeat(20_000);
  for (let outcome = await store.append({ session: id('s'), expect: head, entries: [entry(body)] }); ; ) {
    if (!outcome.ok) {
      expect(outcome).toEqual({ ok: false, why: 'cannot-write', reason: 'disk-full' });
      break;
    }
    head = outcome.head;
    outcome = await store.append({ session: id('s'), expect: head, entries: [entry(body)] });
  }
  expect((await texts(store, 's')).length).toBe(head);
  expect(await store.ping()).toBe(true);
  disk.makeRoom();
  expect(await store.append({ session: id('s'), expect: head, entries: [entry(body)] })).toEqual({
    ok: true,
    head: head + 1,
  });
  expect((await texts(store, 's')).slice(0, 1)).toEqual(['1 before']);
});

/** A real one where this user may mount; elsewhere the fault seam says what a full disk says. */
function smallDisk(): {
  folder: string;
  faults: ReturnType<typeof createFaults>;
  fill: () => void;
  makeRoom: () => void;
} {
  const faults = createFaults();
  const mounted = join(folder, 'small');
  mkdirSync(mounted);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', mounted], { stdio: 'ignore' });
  } catch {
    return {
      folder: mounted,
      faults,
      fill: () => faults.set('commit', 'disk-full'),
      makeRoom: () => faults.clear('commit'),
    };
  }
  cleanups.splice(1, 0, () => execFileSync('umount', [mounted]));
  const ballast = join(mounted, 'ballast');
  const fill = (): void => {
    for (let size = 2 ** 20; size >= 2 ** 14; size /= 2) {
      try {
        for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {}
    }
  };
  return { folder: mounted, faults, fill, makeRoom: () => rmSync(ballast) };
}

test('L13 the failure is told once, and the store can be closed and opened', async () => {
  const faults = createFaults();
  const told: string[] = [];
  const store = await open({ faults: faults.words, onFailed: (detail) => told.push(detail) });
  await store.create(id('s'), 1);
  // Thrown after the commit, where nothing may throw: the writer's thread dies.
  faults.set('answer', 'io', 1);
  const io = { ok: false, why: 'cannot-write', reason: 'io' };
  expect(
    await Promise.all(
      [0, 1].map((expect) => store.append({ session: id('s'), expect, entries: [entry('x')] })),
    ),
  ).toEqual([io, io]);
  expect([await store.erase(id('s')), await store.ping(), told.length]).toEqual([io, false, 1]);
  await store.close();
  expect(told.length).toBe(1);
  expect(await texts(await open(), 's')).toEqual(['1 x', '2 x']);
});

test('L14 a damaged page is an error for the session on it, and the others go on', async () => {
  let store = await open();
  for (const name of ['a', 'b']) {
    await store.create(id(name), 1);
    for (let seq = 0; seq < 40; seq += 1)
      await store.append({
        session: id(name),
        expect: seq,
        entries: [entry(`${name}-body-${seq} ${'.'.repeat(1000)}`)],
      });
  }
  await store.close();
  spoil('a-body-20 ', (bytes, at) => bytes.fill(0xff, at - (at % 4096), at - (at % 4096) + 64));
  store = await open();
  expect(await store.read(id('a'), 1, 100)).toEqual({ ok: false, error: 'damaged' });
  expect(await texts(store, 'b')).toHaveLength(40);
  expect(await store.append({ session: id('b'), expect: 40, entries: [entry('b goes on')] })).toEqual({
    ok: true,
    head: 41,
  });
  const both = [
    store.erase(id('a')),
    store.append({ session: id('b'), expect: 41, entries: [entry('with a in its group')] }),
  ];
  expect(await Promise.all(both)).toEqual([
    { ok: false, why: 'cannot-write', reason: 'damaged' },
    { ok: true, head: 42 },
  ]);
});

test('L14 a flipped bit is never read as a word', async () => {
  let store = await open();
  await store.create(id('s'), 1);
  await store.append({
    session: id('s'),
    expect: 0,
    entries: [entry('first'), entry('I forgive you'), entry('third')],
  });
  await store.close();
  spoil('I forgive you', (bytes, at) => bytes.writeUInt8(bytes.readUInt8(at + 3) ^ 1, at + 3));
  store = await open();
  expect(await store.read(id('s'), 1, 10)).toEqual({ ok: false, error: 'damaged' });
  expect(await store.read(id('s'), 3, 10)).toMatchObject({ ok: true, value: [{ seq: 3 }] });
});

/** Changes bytes of the closed store, at each place where the marker stands. */
function spoil(marker: string, change: (bytes: Buffer, at: number) => void): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(marker);
  expect(at).toBeGreaterThan(0);
  change(bytes, at);
  writeFileSync(file, bytes);
}

test('L16 a second server is refused, in this process and in another; a killed one leaves no lock', async () => {
  const holder = child('hold');
  await holder.line(1);
  expect(holder.lines()).toEqual(['open']);
  const fault = await refusal();
  expect(fault.why).toBe('locked');
  expect(fault.sentence).toContain(file);
  await holder.kill();
  const store = await open();
  expect((await refusal()).why).toBe('locked');
  const second = child('once');
  await second.line(1);
  expect(second.lines()).toEqual([fault]);
  await store.close();
  const third = child('once');
  await third.line(1);
  expect(third.lines()).toEqual(['open']);
});

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

test('L18 a store of a newer build is refused and left as it is', async () => {
  await (await open()).close();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  const before = readFileSync(file);
  expect(await refusal()).toMatchObject({ why: 'newer', sentence: expect.stringContaining('version 99') });
  expect(readFileSync(file).equals(before)).toBe(true);
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
