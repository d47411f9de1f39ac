/**
 * Shown is kept.
 *
 * W40 Words reach the other screen, and are called saved, only after they are durable.
 * W41 A killed server comes back on the same store with the same seat, turn, words and `v`, and stock clients go on
 *     by themselves.
 * W42 What was taken back before its turn ended is in no file of the store one second after the turn's end.
 * W43 Where the store cannot write, the writer is told, nobody is shown anything, other sessions go on, and it goes
 *     on by itself when there is room.
 * W44 A session whose log cannot be read keeps nobody else from theirs.
 * W45 A store that is out for a moment turns nobody away for good.
 * W46 Time to decide that is over while nobody is there erases all the same, also after a restart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { createMemoryLogStore, type MemoryDisk } from '@mend/server/store';
import { expect, test } from 'vitest';
import { manualClock } from '../support/manual-clock.ts';
import { begin, connect, couple, type Person, until } from '../support/person.ts';
import { rawDocument } from '../support/raw-document.ts';
import { serverHere } from '../support/server-here.ts';
import { startServer, storeFolder } from '../support/start-server.ts';

const filesOf = (folder: string): Buffer =>
  Buffer.concat(readdirSync(folder).map((file) => readFileSync(joinPath(folder, file))));
/** A round trip on each of somebody's channels: whatever was sent before it has arrived. */
async function settled(origin: string, person: Person): Promise<void> {
  await person.say({ type: 'nothing' });
  const raw = await rawDocument(origin, person);
  raw.ws.ping();
  await new Promise((pong) => raw.ws.once('pong', pong));
  raw.ws.terminate();
}

test('W40 until the commit the other sees nothing and nothing is called saved; then both', async () => {
  const server = await serverHere();
  try {
    const both = await couple(server.origin);
    const { a, b } = both;
    await begin(both);
    const marks = a.saved.length;
    server.faults.set('commit', 'hold');
    a.write('not yet');
    await until(() => a.provider.ws?.bufferedAmount === 0, 'the words are sent');
    const done = a.done();
    await settled(server.origin, b);
    await settled(server.origin, a);
    expect([b.text('t1').toString(), a.saved.length, b.view().floor.turn]).toEqual(['', marks, 't1']);
    server.faults.clear('commit');
    await until(() => b.text('t1').toString() === 'not yet', 'the words');
    await until(() => a.saved.some(({ clock }) => clock === 7), 'saved');
    expect(await done).toMatchObject({ ok: true });
  } finally {
    server.faults.clear('commit');
    await server.close();
  }
});

test('D23 W41 killed in the middle of a turn, it comes back as it was, and everybody goes on', async () => {
  const folder = storeFolder();
  let server = await startServer({ store: folder.url });
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('said before, ');
  await until(() => b.text('t1').length === 13, 'the words');
  await a.sees((view) => view.floor.pen === a.doc.clientID, 'the pen');
  const before = [a, b].map((one) => ({ v: one.view().v, turns: one.view().turns, floor: one.view().floor }));
  const { port } = server;
  await server.kill();
  a.text('t1').insert(13, 'typed meanwhile, ');
  server = await startServer({ store: folder.url, port });
  await until(() => b.text('t1').toString() === 'said before, typed meanwhile, ', 'the words');
  await until(() => a.socket.connected && b.socket.connected, 'the channels are back');
  expect(
    [a, b].map((one) => ({ v: one.view().v, turns: one.view().turns, floor: one.view().floor })),
  ).toEqual(before);
  a.write('and after');
  expect(await a.done()).toMatchObject({ ok: true });
  const view = await b.sees((seen) => seen.floor.holder === 'partnerB', 'the next turn');
  expect(view.v).toBeGreaterThan(before[1]?.v ?? 0);
  expect(b.text('t1').toString()).toBe('said before, typed meanwhile, and after');
  expect([a.closed, b.closed]).toEqual([[], []]);
  for (const one of [a, b]) one.leave();
  expect(await server.stop()).toBe(0);
  folder.remove();
});

test('W42 what was taken back is in no file one second after the turn’s end', async () => {
  const server = await serverHere();
  try {
    const both = await couple(server.origin);
    const { a, b } = both;
    await begin(both);
    a.write('kept SENTINEL-TAKEN-BACK kept');
    await until(() => b.text('t1').length === 29, 'the words');
    expect(filesOf(server.folder).includes('SENTINEL-TAKEN-BACK')).toBe(true);
    a.text('t1').delete(5, 20);
    await until(() => b.text('t1').toString() === 'kept kept', 'the rest');
    expect(await a.done()).toMatchObject({ ok: true });
    await until(() => !filesOf(server.folder).includes('SENTINEL-TAKEN'), 'it is gone', 1_000);
  } finally {
    await server.close();
  }
});

test.each([['disk-full'], ['read-only']] as const)(
  'W43 %s: told, unseen, and over when there is room',
  async (fault) => {
    const server = await serverHere();
    try {
      const both = await couple(server.origin);
      const { a, b } = both;
      const others = await couple(server.origin);
      await begin(both);
      await begin(others);
      a.write('kept ');
      await until(() => b.text('t1').length === 5, 'the words');
      const closes: number[] = [];
      a.provider.on('connection-close', (event: { code: number } | null) => closes.push(event?.code ?? 0));
      server.faults.set('begin', fault, 3);
      expect(await b.say({ type: 'turn.ask', ask: true })).toMatchObject({
        ok: false,
        error: { code: 'cannot-write' },
      });
      a.text('t1').insert(5, 'more');
      await until(() => closes.includes(4503), 'the writer is told');
      expect(a.text('t1').toString()).toBe('kept more');
      await until(() => b.text('t1').toString() === 'kept more', 'the words, in the end', 15_000);
      await until(() => a.socket.connected && b.socket.connected, 'the channels');
      expect(await b.say({ type: 'turn.ask', ask: true })).toMatchObject({ ok: true });
      expect([a.closed, b.closed]).toEqual([[], []]);
      others.a.write('others go on');
      await until(() => others.b.text('t1').toString() === 'others go on', 'the words of others');
      expect([others.a.closed, others.b.closed]).toEqual([[], []]);
      expect(await a.done()).toMatchObject({ ok: true });
    } finally {
      server.faults.clear('begin');
      await server.close();
    }
  },
);

test('W44 a damaged session is not served, and the one beside it is', async () => {
  const folder = storeFolder();
  let server = await startServer({ store: folder.url });
  const hurt = await couple(server.origin);
  const whole = await couple(server.origin);
  await begin(hurt);
  await begin(whole);
  whole.a.write('whole');
  await until(() => whole.b.text('t1').length === 5, 'the words');
  const { port } = server;
  await server.stop();
  const db = new DatabaseSync(joinPath(folder.path, 'mend.db'));
  const { id } = db.prepare('SELECT id FROM session WHERE name = ?').get(hurt.sessionId) ?? {};
  db.prepare('DELETE FROM entry WHERE session = ? AND seq > 3').run(id ?? null);
  db.close();
  server = await startServer({ store: folder.url, port });
  await until(() => whole.a.socket.connected && whole.a.provider.synced, 'the whole one is back');
  whole.a.write(' still');
  await until(() => whole.b.text('t1').toString() === 'whole still', 'the words');
  const raw = await rawDocument(server.origin, hurt.a);
  expect((await raw.whenClosed).code).toBe(4503);
  expect(hurt.a.closed).toEqual([]);
  const transcript = await fetch(`${server.origin}/api/sessions/${hurt.sessionId}/transcript`, {
    headers: { authorization: `Bearer ${hurt.a.token}` },
  });
  expect(transcript.status).toBe(503);
  for (const one of [hurt.a, hurt.b, whole.a, whole.b]) one.leave();
  await server.stop();
  folder.remove();
});

test('W45 who comes while the store cannot be read gets in when it can, without being told to stay away', async () => {
  const server = await serverHere();
  try {
    const { a, sessionId } = await couple(server.origin);
    await server.restart();
    server.faults.set('read', 'busy');
    const coming = connect(server.origin, { sessionId, seat: a.seat, token: a.token });
    const raw = await rawDocument(server.origin, a);
    expect((await raw.whenClosed).code).toBe(4503);
    server.faults.clear('read');
    const here = await coming;
    expect(here.view().phase).toBe('live');
    expect(here.closed).toEqual([]);
  } finally {
    server.faults.clear('read');
    await server.close();
  }
});

test('W46 undecided and forgotten, it is erased when the time is over, with nobody there', async () => {
  const disk: MemoryDisk = new Map();
  const clock = manualClock();
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const options = { exercises: EXERCISES, log: quiet, host: '127.0.0.1', port: 0, limits: false, clock };
  const first = await createServer({ ...options, store: createMemoryLogStore(disk) });
  const both = await couple(`http://127.0.0.1:${first.port}`);
  await begin(both);
  both.a.write('SENTINEL-UNDECIDED');
  await until(() => both.b.text('t1').length === 18, 'the words');
  expect(await both.a.done()).toMatchObject({ ok: true });
  const closing = both.a.say({ type: 'session.close' });
  await both.a.sees((view) => view.floor.status === 'closing', 'the closing');
  clock.advance(2_100);
  expect(await closing).toMatchObject({ ok: true });
  for (const one of [both.a, both.b]) one.leave();
  const ending = first.close();
  clock.advance(10_000);
  await ending;
  const holds = () =>
    JSON.stringify(
      [...disk.values()].map((log) => log?.entries.map(({ body }) => Buffer.from(body).toString('latin1'))),
    ).includes('SENTINEL-UNDECIDED');
  expect(holds()).toBe(true);
  clock.advance(25 * 3_600_000);
  const second = await createServer({ ...options, store: createMemoryLogStore(disk) });
  await until(() => !holds(), 'the erasure');
  const end = second.close();
  clock.advance(10_000);
  await end;
});
