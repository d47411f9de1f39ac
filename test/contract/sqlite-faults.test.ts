/** L12 A full disk, L13 a failing one, L14 damaged pages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFaults } from '@mend/server/store';
import { expect, test } from 'vitest';
import { cleanups, entry, file, folder, id, open, texts } from '../support/store-file.ts';

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
