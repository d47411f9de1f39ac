/**
 * A store that was put back to an earlier time, seen by stock clients that had been shown more.
 *
 * W110 The session says so, once and to every seat alike, where a client's state vector holds words of others that the
 * document has not, or its handshake names a view that was never shown; and goes on.
 * W111 Whoever claims it untruly comes to one line at most.
 * W112 Nothing of the kind is said where nothing was lost.
 */
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { begin, type Couple, couple, type Person, secondDevice, until } from '../support/person.ts';
import { awarenessFrame, rawDocument, step1Frame } from '../support/raw-document.ts';
import { type RestorableServer, restorableServer } from '../support/restorable-server.ts';

let server: RestorableServer;
let here: Person[] = [];

beforeEach(async () => {
  server = await restorableServer();
  here = [];
});
afterEach(async () => {
  for (const one of here) one.leave();
  await server.stop();
});

const isBehind = (one: Person): boolean => one.views.length > 0 && one.view().behind !== null;
const timesFound = (sessionId: string): number =>
  server.facts(sessionId).filter((type) => type === 'log-behind').length;

async function writing(): Promise<Couple> {
  const both = await couple(server.origin);
  here.push(both.a, both.b);
  await begin(both);
  both.a.write('kept ');
  await reads(both.b, 'kept ');
  return both;
}

const reads = (one: Person, words: string, turn = 't1') =>
  until(() => one.text(turn).toString() === words, `${one.seat} reads “${words}”`);

/** Another client of the same seat, which has seen nothing yet. */
async function fresh(one: Person): Promise<Person> {
  one.leave();
  const again = await secondDevice(server.origin, one);
  here.push(again);
  return again;
}

function goAway(one: Person): void {
  one.socket.disconnect();
  one.provider.disconnect();
}

function comeBack(one: Person): void {
  one.views.length = 0;
  one.socket.connect();
  one.provider.connect();
}

test('W110 one device knows the other’s lost words: both are told once, the words come back, the session goes on', async () => {
  const { a, b, sessionId } = await writing();
  const backup = server.backup();
  a.write('and lost');
  await reads(b, 'kept and lost');
  goAway(a);
  goAway(b);
  await server.stop();
  await server.start(backup);

  // What is asked of every client: a state vector. Its answer to the server's holds the other's words, and is refused.
  comeBack(b);
  await until(() => b.closed.length === 1, 'the old document is turned away');
  expect(b.closed[0]).toMatchObject({ code: 4403 });
  await b.sees((view) => view.behind !== null, 'that the server lost something');
  comeBack(a);
  await a.sees((view) => view.behind !== null, 'the same');
  expect(a.view().behind).toBe(b.view().behind);

  // The writer has the words still, and a stock client sends them again.
  const anew = await fresh(b);
  await reads(anew, 'kept and lost');
  expect(timesFound(sessionId)).toBe(1);
  expect(await a.done()).toMatchObject({ ok: true });
  await anew.sees((view) => view.floor.turn === 't2', 'the next turn');
  expect([a, anew].map(isBehind)).toEqual([false, false]);
  anew.write('I heard you.');
  await reads(a, 'I heard you.', 't2');
});

test('W110 a turn was over and the next begun: the pen’s owner writes on where the log stands', async () => {
  const { a, b, sessionId } = await writing();
  const backup = server.backup();
  a.write('and lost');
  await a.done();
  await b.sees((view) => view.floor.turn === 't2', 'the next turn');
  b.write('heard');
  await reads(a, 'heard', 't2');
  await server.stop();
  await server.start(backup);

  for (const one of [a, b]) {
    await until(() => one.closed.length === 1, `${one.seat} is turned away`);
    await one.sees((view) => view.behind !== null && view.floor.turn === 't1', 'the turn that is open again');
  }
  expect(timesFound(sessionId)).toBe(1);
  const [sam, alex] = [await fresh(a), await fresh(b)];
  expect([sam.text('t1').toString(), sam.text('t2').toString()]).toEqual(['kept ', '']);
  // The lost connection has the pen still, and is gone.
  await sam.say({ type: 'turn.here', clientId: sam.doc.clientID });
  sam.write('again');
  await reads(alex, 'kept again');
  expect(timesFound(sessionId)).toBe(1);
});

test('W110 words are equal on all sides and only an answer was lost: the handshake tells', async () => {
  const { a, b, sessionId } = await writing();
  const backup = server.backup();
  const { v } = a.view();
  await a.say({ type: 'pause.start' });
  await b.sees((view) => view.phase === 'paused', 'the pause');
  const auth = { token: b.token, seen: b.view().v };
  for (const one of [a, b]) goAway(one);
  await server.stop();
  await server.start(backup);

  comeBack(a);
  await a.sees((view) => view.phase === 'live', 'the turn');
  expect(a.view()).toMatchObject({ v, behind: null });
  b.socket.auth = auth;
  comeBack(b);
  for (const one of [a, b]) await one.sees((view) => view.behind !== null, 'that the server lost something');
  expect(timesFound(sessionId)).toBe(1);
});

test('W111 claims without end, of words and of views, come to one line', async () => {
  const { a, b, sessionId } = await writing();
  const { v } = b.view();
  for (let n = 0; n < 20; n += 1) {
    const raw = await rawDocument(server.origin, { sessionId, token: a.token });
    raw.send(awarenessFrame([70_000 + n, 1, { user: {} }]));
    raw.send(step1Frame(Y.encodeStateVector(new Map([[5 + n, 2 ** 30]]))));
    await until(() => raw.frames.length > 2, 'an answer');
    raw.ws.close();
    const seen = [2 ** 53 - 1, 1e308, -1, Number.NaN, '9', null][n % 6];
    const socket = io(server.origin, {
      auth: { token: a.token, seen },
      transports: ['websocket'],
      forceNew: true,
    });
    await new Promise((done) => socket.once('view', done));
    socket.disconnect();
  }
  await b.sees((view) => view.behind !== null, 'one line');
  expect(b.view().v).toBe(v + 1);
  expect(b.view().floor).toMatchObject({ status: 'held', holder: 'partnerA', turn: 't1' });
  expect(timesFound(sessionId)).toBe(1);
  await a.done();
  await b.sees((view) => view.behind === null, 'the line goes with the next turn');
  const raw = await rawDocument(server.origin, { sessionId, token: a.token });
  raw.send(step1Frame(Y.encodeStateVector(new Map([[5, 9]]))));
  raw.send(awarenessFrame([80_000, 1, { user: {} }]));
  await until(() => raw.frames.length > 2, 'an answer');
  raw.ws.close();
  b.write('on');
  await reads(a, 'on', 't2');
  expect(timesFound(sessionId)).toBe(1);
});

test('W112 a restart, words written offline, a second device and a newcomer are no loss', async () => {
  const { a, b, sessionId } = await writing();
  await server.stop();
  a.write('offline ');
  b.socket.auth = { token: b.token, seen: b.view().v };
  const before = b.views.length;
  await server.start(server.backup());
  await until(() => b.views.length > before, 'a view');
  await reads(b, 'kept offline ');
  const second = await secondDevice(server.origin, a);
  here.push(second);
  await second.say({ type: 'turn.here', clientId: second.doc.clientID });
  second.write('from here');
  await reads(a, 'kept offline from here');
  for (const one of [a, b, second]) {
    one.provider.disconnect();
    one.provider.connect();
    await until(() => one.provider.synced, 'in sync again');
  }
  expect([a, b, second].map(isBehind)).toEqual([false, false, false]);
  expect(timesFound(sessionId)).toBe(0);
});
