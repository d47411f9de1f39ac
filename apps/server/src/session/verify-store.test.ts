import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyChain, encodeEntry, type Fact, type SessionId, sessionId } from '@mend/core';
import { afterAll, describe, expect, test } from 'vitest';
import { openEncryptedStore } from '../keys/index.ts';
import { createMemoryLogStore, type LogStore, type MemoryDisk } from '../store/index.ts';
import { createChainWriter } from './chain-writer.ts';
import { verifyStore, type Wanted } from './verify-store.ts';

const [A, B] = [sessionId('a'.repeat(26)), sessionId('b'.repeat(26))];
const AT = 1_800_000_000_000;
const NAME = 'Nightingale';

/** A session in which one person sits. */
async function begin(store: LogStore, session: SessionId): Promise<void> {
  const facts: Fact[] = [
    { type: 'session-created', withCounsellor: false, invites: { partnerA: 'x', partnerB: 'y' }, until: AT },
    { type: 'seat-joined', seat: 'partnerA', name: NAME, tokenHash: 'key' },
    { type: 'readiness-changed', seat: 'partnerA', ready: true },
  ];
  const entries = facts.map((fact) => ({
    at: AT,
    kind: 'event' as const,
    body: encodeEntry({ kind: 'event', fact, command: null }),
  }));
  await store.create(session, AT);
  const written = await store.append({
    session,
    expect: 0,
    entries: createChainWriter(emptyChain(session))(entries),
  });
  if (!written.ok) throw new Error(written.why);
}

async function linesOf(store: LogStore, wanted: readonly Wanted[] | null = null) {
  const findings = [];
  for await (const finding of verifyStore(store, wanted)) findings.push(finding);
  return findings;
}

describe('every session of a store', () => {
  test('L28 has one line, and a broken one does not hide the others', async () => {
    const disk: MemoryDisk = new Map();
    const store = createMemoryLogStore(disk);
    for (const session of [A, B]) await begin(store, session);
    const whole = await linesOf(store);
    expect(whole).toEqual(
      [A, B].map((id) => ({
        isWhole: true,
        line: expect.stringMatching(`^${id}  ok  0 turns  3:[0-9a-f]{64}$`),
      })),
    );
    const log = disk.get(A);
    if (!log) throw new Error('no log');
    log.entries = log.entries.map((entry) => (entry.seq === 2 ? { ...entry, at: AT + 1 } : entry));
    const found = await linesOf(store);
    expect(found).toEqual([
      { isWhole: false, line: expect.stringContaining('BROKEN at entry 2 (link): ') },
      whole[1],
    ]);
    log.entries = log.entries.filter(({ seq }) => seq < 2);
    expect((await linesOf(store))[0]).toMatchObject({
      isWhole: false,
      line: expect.stringContaining('entry 2 (tail)'),
    });
    expect(JSON.stringify(found)).not.toContain(NAME);
  });

  test('L24 L28 is held against a link that was noted before', async () => {
    const store = createMemoryLogStore();
    await begin(store, A);
    const [now] = await linesOf(store);
    const link = Buffer.from(now?.line.split(':').at(-1) ?? '', 'hex');
    const one = (anchor: Wanted['anchor'], session = A) => linesOf(store, [{ session, anchor }]);
    expect(await one({ seq: 3, link })).toEqual([now]);
    expect(await one({ seq: 4, link })).toMatchObject([
      { isWhole: false, line: expect.stringContaining('(tail)') },
    ]);
    expect(await one({ seq: 2, link })).toMatchObject([
      { isWhole: false, line: expect.stringContaining('entry 2 (anchor)') },
    ]);
    expect(await one(null, B)).toMatchObject([
      { isWhole: false, line: expect.stringContaining('not in this store') },
    ]);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mend-verify-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('L28 refuses while a server has the store, then answers for each session', async () => {
    const file = join(folder, 'mend.db');
    expect(await command(`sqlite:${file}`)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('no store'),
    });
    const opened = await openEncryptedStore(`sqlite:${file}`, { keyFile: null });
    if (!opened.ok) throw new Error(opened.error.sentence);
    await begin(opened.value, A);
    const held = await command(`sqlite:${file}`);
    expect(held).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Another server is using') });
    await opened.value.close();
    const free = await command(`sqlite:${file}`);
    expect(free).toMatchObject({ code: 0, out: expect.stringContaining(`${A}  ok  0 turns  3:`), err: '' });
    const noted = free.out.trim().split('  ').at(-1);
    const out = `${free.out}${B}  is not in this store\n`;
    expect(await command(`sqlite:${file}`, `${A}@${noted}`, B)).toEqual({ code: 1, out, err: '' });
  }, 30_000);

  /** The real command, as a process of its own. */
  function command(store: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const main = join(import.meta.dirname, '../verify.ts');
    const env = { PATH: '', MEND_STORE: store };
    return new Promise((done) => {
      execFile(process.execPath, [main, ...words], { env }, (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
  }
});
