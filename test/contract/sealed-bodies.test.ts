import { createMemoryKeyRing, encryptedLogStore, noKeys } from '@mend/server/keys';
import { createMemoryLogStore, type MemoryDisk, type StoredEntry } from '@mend/server/store';
import { describe, expect, test } from 'vitest';
import { entry, id, texts } from './keys-folder.ts';

const NONCE = [5, 17] as const;
/** What a sealed body has more than its words. */
const EXTRA = 33;
const a = id('a');
const b = id('b');

/** Two sessions of three entries each, on a disk that the test may change behind the store's back. */
async function filled() {
  const disk: MemoryDisk = new Map();
  const keys = noKeys();
  const store = await encryptedLogStore(createMemoryLogStore(disk), createMemoryKeyRing(keys));
  for (const session of [a, b]) {
    await store.create(session, 1);
    const entries = [entry('first'), entry('again', 'update'), entry('first')];
    await store.append({ session, expect: 0, entries });
  }
  const stored = (session = a): StoredEntry[] => disk.get(session)?.entries ?? [];
  const body = (index: number, session = a): Uint8Array => stored(session)[index]?.body ?? new Uint8Array();
  /** Changes one entry as it lies on the disk. */
  const change = (index: number, change: Partial<StoredEntry>): void => {
    const one = stored()[index];
    if (one !== undefined) stored()[index] = { ...one, ...change };
  };
  return { disk, keys, store, stored, body, change };
}

const ALL = ['1 event first', '2 update again', '3 event first'];

test('K1 bodies are sealed, each with a nonce of its own, under a key of its session alone', async () => {
  const { keys, stored, body, store } = await filled();
  const nonces = [a, b].flatMap((session) => [0, 1, 2].map((index) => body(index, session).slice(...NONCE)));
  expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString('hex'))).size).toBe(6);
  expect(Buffer.concat(stored().map((one) => one.body)).includes('first')).toBe(false);
  const [one, other] = [a, b].map((session) => keys.keys.get(session)?.[0]?.key.export().toString('hex'));
  expect([one?.length, one === other]).toEqual([64, false]);
  expect([await texts(store, a), await texts(store, b)]).toEqual([ALL, ALL]);
});

test('K1 a hundred thousand nonces do not repeat', async () => {
  const { store, stored } = await filled();
  const entries = Array.from({ length: 100_000 }, () => entry(''));
  await store.append({ session: a, expect: 3, entries });
  const nonces = stored().map((one) => Buffer.from(one.body.slice(...NONCE)).toString('hex'));
  expect(new Set(nonces).size).toBe(100_003);
});

test('K1 order, kinds, times and lengths are readable without a key', async () => {
  const { stored } = await filled();
  expect(stored().map(({ seq, kind, at, body }) => [seq, kind, at, body.length - EXTRA])).toEqual([
    [1, 'event', 1000, 5],
    [2, 'update', 1000, 5],
    [3, 'event', 1000, 5],
  ]);
});

type Disk = Awaited<ReturnType<typeof filled>>;
const forgeries: readonly (readonly [string, (disk: Disk) => void])[] = [
  [
    'two bodies of one kind swapped',
    ({ body, change }) => {
      const [first, third] = [body(0), body(2)];
      change(0, { body: third });
      change(2, { body: first });
    },
  ],
  ['a body at another seq', ({ body, change }) => change(2, { body: body(0) })],
  ['a body of another session', ({ body, change }) => change(0, { body: body(0, b) })],
  ['another kind', ({ change }) => change(0, { kind: 'snapshot' })],
  ['another time', ({ change }) => change(0, { at: 1001 })],
  [
    'a body that was never sealed',
    ({ change }) => change(0, { body: new TextEncoder().encode('first'.repeat(20)) }),
  ],
  ['an empty body', ({ change }) => change(0, { body: new Uint8Array() })],
  [
    'the nonce of another entry',
    ({ body, change }) => {
      const forged = body(0).slice();
      forged.set(body(1).slice(...NONCE), NONCE[0]);
      change(0, { body: forged });
    },
  ],
  [
    'the key number of another session',
    ({ body, change }) => {
      const forged = body(0).slice();
      forged.set(body(0, b).slice(1, 5), 1);
      change(0, { body: forged });
    },
  ],
];

describe('K2', () => {
  test.each(forgeries)('K2 %s is damage to that session alone', async (_, forge) => {
    const disk = await filled();
    forge(disk);
    expect(await texts(disk.store, a)).toBe('damaged');
    expect(await texts(disk.store, b)).toEqual(ALL);
    expect(await disk.store.append({ session: b, expect: 3, entries: [entry('on')] })).toMatchObject({
      ok: true,
    });
  });

  test('K2 every flipped bit and every cut is damage', async () => {
    const { store, body, change } = await filled();
    const whole = body(0);
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const forged = whole.slice();
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      change(0, { body: forged });
      expect(await texts(store, a), `bit ${bit}`).toBe('damaged');
    }
    for (let length = 0; length < whole.length; length += 1) {
      change(0, { body: whole.slice(0, length) });
      expect(await texts(store, a), `${length} bytes`).toBe('damaged');
    }
    change(0, { body: whole });
    expect(await texts(store, a)).toEqual(ALL);
  });

  test('K2 a session whose key is lost can be neither read nor written, and the others go on', async () => {
    const { store, keys } = await filled();
    keys.keys.delete(a);
    expect(await texts(store, a)).toBe('damaged');
    expect(await store.append({ session: a, expect: 3, entries: [entry('x')] })).toEqual({
      ok: false,
      why: 'cannot-write',
      reason: 'damaged',
    });
    expect(await texts(store, b)).toEqual(ALL);
  });
});
