/**
 * W109 Opening and closing leaves nothing behind: ten thousand document sockets, command channels and sessions later,
 * the server holds what it held after the first thousand, and no socket or timer more; sessions that nobody is in
 * leave memory.
 */
import { once } from 'node:events';
import { emptyChain, encodeEntry, type Fact, millis, sessionId } from '@mend/core';
import { shelf } from '@mend/exercises';
import { createChainWriter, createDirectory } from '@mend/server/session';
import { createMemoryLogStore } from '@mend/server/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { manualClock } from '../support/manual-clock.ts';
import { type MeasuredServer, startMeasured } from '../support/measured-server.ts';
import { createSession, type Joined, join } from '../support/person.ts';
import { awarenessFrame } from '../support/raw-document.ts';
import { storeFolder } from '../support/start-server.ts';

const ABREAST = 16;
/** How many opens come before the first measure, and between that and the last. */
const FIRST = 1_000;
const MORE = 9_000;
/** Of a hundred opens: the rest are document sockets. */
const CHANNELS = 20;
const SESSIONS = 4;
/** How much the memory may differ: what one connection holds, kept nine thousand times, would double it. */
const SLACK = 1.05;

const folder = storeFolder();
let server: MeasuredServer;
let sam: Joined;
beforeAll(async () => {
  server = await startMeasured(folder.url, 'manual');
  const { invites } = await createSession(server.origin);
  sam = await join(server.origin, invites.partnerA ?? '', 'Sam');
});
afterAll(async () => {
  await server.end();
  folder.remove();
});

const wsOrigin = () => server.origin.replace('http', 'ws');

/** Opens a socket, waits for what its server says when somebody is let in, and goes, politely or not. */
function visit(
  url: string,
  onMessage: (ws: WebSocket, text: string) => boolean,
  rude: boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url);
    ws.on('message', (data: Buffer) => {
      if (!onMessage(ws, data.toString())) return;
      if (rude) ws.terminate();
      else ws.close();
    });
    ws.on('error', reject);
    ws.on('close', () => resolve());
  });
}

let clientIds = 0;
const visitDocument = (rude: boolean): Promise<void> =>
  visit(
    `${wsOrigin()}/sync/${sam.sessionId}?token=${encodeURIComponent(sam.token)}`,
    (ws) => {
      // A name of its own each time, as every page that is loaded has.
      ws.send(awarenessFrame([++clientIds, 1, {}]));
      return true;
    },
    rude,
  );

const visitChannel = (rude: boolean): Promise<void> =>
  visit(
    `${wsOrigin()}/socket.io/?EIO=4&transport=websocket`,
    (ws, text) => {
      if (text.startsWith('0')) ws.send(`40${JSON.stringify({ token: sam.token })}`);
      return text.startsWith('42["view"');
    },
    rude,
  );

async function opens(count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left > 0) {
      const which = left-- % 100;
      if (which < SESSIONS) await createSession(server.origin);
      else if (which < SESSIONS + CHANNELS) await visitChannel(which % 2 === 0);
      else await visitDocument(which % 2 === 0);
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, one));
}

/** Once the last closes have arrived, and what nobody is in has left memory. */
async function atRest(): Promise<Awaited<ReturnType<MeasuredServer['measure']>>> {
  for (let count = 0; count < 4; count++) await server.advance(61_000);
  let now = await server.measure();
  // The last ends of sockets arrive when they do; a measure asks for a collection, too.
  for (let tries = 0; tries < 200 && now.sockets > 1; tries++) now = await server.measure();
  return now;
}

test('W109 ten thousand opens and closes leave no memory, no socket and no timer behind', {
  timeout: 120_000,
}, async () => {
  await opens(FIRST);
  const before = await atRest();
  await opens(MORE);
  const after = await atRest();
  expect(after.faults).toBe(0);
  expect(after.sockets).toBeLessThanOrEqual(before.sockets);
  expect(after.timers).toBeLessThanOrEqual(before.timers + 1);
  expect(after.bytes).toBeLessThan(before.bytes * SLACK);
  // It goes on as before, and a socket that is open would have been seen.
  await visitChannel(false);
  const open = new WebSocket(`${wsOrigin()}/sync/${sam.sessionId}?token=${encodeURIComponent(sam.token)}`);
  await once(open, 'message');
  expect((await server.measure()).sockets).toBeGreaterThan(after.sockets);
  open.terminate();
});

test('W109 sessions that nobody is in leave memory, and those that somebody is in stay', async () => {
  const clock = manualClock();
  const store = createMemoryLogStore();
  const directory = createDirectory({ store, clock, shelf, onLost: () => {} });
  const ids = Array.from({ length: 300 }, (_, index) => sessionId(String(index).padStart(26, 's')));
  const fact: Fact = {
    type: 'session-created',
    withCounsellor: false,
    invites: { partnerA: 'a', partnerB: 'b' },
    until: clock.now(),
  };
  for (const id of ids) {
    const entry = { at: millis(clock.now()), kind: 'event' as const };
    const body = encodeEntry({ kind: 'event', fact, command: null });
    await store.create(id, clock.now());
    await store.append({
      session: id,
      expect: 0,
      entries: createChainWriter(emptyChain(id))([{ ...entry, body }]),
    });
    const found = await directory.open(id);
    if (!found.ok) throw new Error('it cannot be opened');
    if (id === ids[0]) found.value.attachControl({ seat: 'partnerA', view() {}, saved() {}, notice() {} });
  }
  expect(directory.size()).toBe(300);
  for (let count = 0; count < 4; count++) {
    clock.advance(61_000);
    // Each look at the sessions waits for them as promises.
    await new Promise((next) => setImmediate(next));
  }
  expect(directory.size()).toBe(1);
});
