/**
 * The catalogue of faults at the turn lock, in the document's sync and on the network, and where each is held.
 *
 * | fault                                             | held by                                   |
 * | ------------------------------------------------- | ----------------------------------------- |
 * | 20 who does not hold the turn writes              | W30, F1                                   |
 * | 21 over-long numbers                              | W82, W106, F1                             |
 * | 22 late packet of the one before                  | W31, W100                                 |
 * | 23 both ask in one moment                         | W102                                      |
 * | 24 the holder leaves                              | W100, W101, T8                            |
 * | 25 the holder comes back elsewhere                | W33, W102                                 |
 * | 26 the server restarts in a turn                  | W41                                       |
 * | 27, 28 two servers                                | L2, L16: one server has the store         |
 * | 29, 30 the counsellor takes the floor             | W31, T16 to T19                           |
 * | 31 a command given twice                          | W103                                      |
 * | 32, 33 a counsellor who leaves, or is there twice | W104                                      |
 * | 34, 35 clocks that are wrong                      | T1, T5: the log's order alone counts; M1  |
 * | 36 ways around the lock                           | W34, W105, S16                            |
 * | 37 floods of commands                             | W83, W107                                 |
 * | 38, 39 a turn without end, nobody's turn          | D20, T20, M1                              |
 * | 40 another's clientID, a clock taken beforehand   | W34, W106, F1                             |
 * | 41 gaps by the thousand                           | W107, F1                                  |
 * | 42 deleting another's words                       | W30                                       |
 * | 43 bytes that throw or hang                       | W82, F1, F3                               |
 * | 44 a throw behind the guard                       | the actor's own tests; F1 finds none      |
 * | 45, 46 half pairs, long marks, directions         | D5, D21, F1                               |
 * | 47 old content as an answer                       | W34, F1                                   |
 * | 48 a store that is behind                         | W110 to W113                              |
 * | 49, 50, 51, 52 loading, unloading, two creators   | W44, W45, W109, L1                        |
 * | 53 forged presence                                | D24, W34, W105                            |
 * | 54 a snapshot that is not what was written        | S19, M1                                   |
 * | 55 another version of Yjs                         | nothing yet: there is one release         |
 * | 74 half-open sockets                              | W53, W108, W92                            |
 * | 75, 76, 77 offline, a tab killed                  | W100, W101, W91                           |
 * | 78, 79, 80 slow, repeated, flapping               | W50, W51, M1, W109                        |
 * | 100 large frames, floods, many sockets            | W13, W82, W83                             |
 * | 101, 102 packed bodies, hostile JSON              | W80                                       |
 * | 103 a throw of one ends all                       | W80, W81, F3                              |
 * | 104 patterns that take their time                 | F3                                        |
 *
 * W100 A phone that comes back after its turn has gone on is refused its old words, leaves no hole, and writes again
 *     under a new clientID. W101 Where the turn is still its own, they are taken in.
 * W102 Of two devices that write in one moment one has the pen; of two partners that speak, each has its own effect.
 * W103 A command that is given twice with one id has one effect. W104 So it is where two counsellor's devices give it.
 * W105 Presence cannot be forged in any form. W106 Every other kind of content, every over-long number and every clock
 *     taken beforehand is refused. W107 Gaps leave nothing pending, however many, and with limits on they end where
 *     they came from.
 * W108 A phone behind a dead socket comes back with its clientID. W109 in churn.test.ts: opening and closing leaves
 *     nothing behind.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { begin, couple, type Person, secondDevice, three, until } from '../support/person.ts';
import {
  awarenessFrame,
  queryFrame,
  type RawDocument,
  rawDocument,
  updateFrame,
  wordsFor,
} from '../support/raw-document.ts';
import { type ServerWithTime, serverWithTime } from '../support/server-with-time.ts';

let server: ServerWithTime;
beforeAll(async () => {
  server = await serverWithTime();
});
afterAll(() => server.close());

/** A phone without a network: what it writes stays in its document. */
const goesOffline = (person: Person) => person.provider.disconnect();

/** Lets time pass in steps in which the sockets that live can answer a ping. */
async function pass(ms: number, alive: readonly Person[]): Promise<void> {
  for (let gone = 0; gone < ms; gone += 5_000) {
    const pongs = alive.map((one) => new Promise<void>((resolve) => answerOf(one, resolve)));
    server.clock.advance(5_000);
    await Promise.all(pongs);
  }
}

/** A question on the document's own connection, and its answer: a sign of life for both sides. */
function answerOf({ provider }: Person, resolve: () => void): void {
  const { ws } = provider;
  if (!ws) throw new Error('it has no connection');
  ws.addEventListener('message', () => resolve(), { once: true });
  ws.send(Uint8Array.from(queryFrame));
}

test('W100 after ninety seconds away, in which the turn went on, old words are refused and nothing is broken', async () => {
  const { a, b, c, sessionId } = await three(server.origin);
  await begin({ a, b, sessionId });
  a.write('said ');
  await until(() => b.text('t1').toString() === 'said ', 'the words');
  const oldId = a.doc.clientID;
  goesOffline(a);
  a.text('t1').insert(5, 'on the train ');
  await pass(95_000, [b, c]);
  const given = c.say({ type: 'moderate.give', seat: 'partnerB' });
  await b.sees((view) => view.floor.status === 'closing', 'the closing');
  server.clock.advance(2_500);
  expect(await given).toMatchObject({ ok: true });
  await b.sees((view) => view.floor.holder === 'partnerB', 'the floor');
  a.provider.connect();
  await until(() => a.closed.length === 1, 'the refusal');
  expect(a.closed[0]).toMatchObject({ code: 4403, reason: expect.stringMatching(/^not-your-turn/) });
  // No hole: what comes after goes on, for those who were here and for whoever comes anew.
  b.write('mine');
  await until(() => c.text(b.view().floor.turn ?? '').toString() === 'mine', 'the words after it');
  const fresh = await secondDevice(server.origin, a);
  expect(fresh.doc.clientID).not.toBe(oldId);
  const back = c.say({ type: 'moderate.give', seat: 'partnerA' });
  await b.sees((view) => view.floor.status === 'closing', 'the closing');
  server.clock.advance(2_500);
  expect(await back).toMatchObject({ ok: true });
  await fresh.sees(
    (view) => view.floor.holder === 'partnerA' && view.floor.status === 'held',
    'a later turn',
  );
  fresh.write('on the train');
  const turn = fresh.view().floor.turn ?? '';
  await until(() => b.text(turn).toString() === 'on the train', 'the words again');
  expect([fresh.text('t1').toString(), fresh.doc.store.pendingStructs]).toEqual(['said ', null]);
  for (const one of [a, b, c, fresh]) one.leave();
});

test('W101 after ninety seconds away from a turn that is still its own, every word arrives', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('said ');
  await until(() => b.text('t1').toString() === 'said ', 'the words');
  goesOffline(a);
  a.text('t1').insert(5, 'on the train ');
  a.text('t1').delete(0, 2);
  await pass(95_000, [b]);
  expect(b.view().floor).toMatchObject({ status: 'held', holder: 'partnerA', turn: 't1' });
  a.provider.connect();
  await until(() => b.text('t1').toString() === 'id on the train ', 'the words');
  expect(a.closed).toEqual([]);
  for (const one of [a, b]) one.leave();
});

test('W102 two devices that take the pen in one moment: one of them writes, and no word is mixed', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  const laptop = await secondDevice(server.origin, a);
  const acks = await Promise.all(
    [a, laptop].map((one) => one.say({ type: 'turn.here', clientId: one.doc.clientID })),
  );
  expect(acks).toMatchObject([{ ok: true }, { ok: true }]);
  const { pen } = (await b.sees((view) => view.floor.turn === 't1', 'the turn')).floor;
  expect(pen).toBeFalsy();
  for (const one of [a, laptop]) one.text('t1').insert(0, one === a ? 'phone' : 'laptop');
  await until(() => a.closed.length + laptop.closed.length === 1, 'one refusal');
  expect([...a.closed, ...laptop.closed][0]?.reason).toMatch(/^not-your-turn/);
  const winner = a.closed.length === 1 ? laptop : a;
  await until(
    () => b.text('t1').toString() === (winner === a ? 'phone' : 'laptop'),
    'the words of the other',
  );
  for (const one of [a, b, laptop]) one.leave();
});

test('W102 two partners who press in one moment are each answered for what they said', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  const starts = await Promise.all([
    a.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' }),
    b.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerB' }),
  ]);
  expect(starts.map(({ ok }) => ok).sort()).toEqual([false, true]);
  await Promise.all([a, b].map((one) => one.say({ type: 'moment.answer', choice: 'yes' })));
  const views = await Promise.all(
    [a, b].map((one) => one.sees((view) => view.floor.status === 'held', 'a turn')),
  );
  expect(views[0]?.floor.holder).toBe(starts[0]?.ok ? 'partnerA' : 'partnerB');
  expect(views[1]?.floor.holder).toBe(views[0]?.floor.holder);
  for (const one of [a, b]) one.leave();
});

test('S12 W103 W104 a double-clicked command, also from two devices of the counsellor, opens one turn', async () => {
  const { a, b, c, sessionId } = await three(server.origin);
  await begin({ a, b, sessionId });
  const other = await secondDevice(server.origin, c);
  const id = '00000000-0000-4000-8000-000000000063';
  const turns = c.view().turns.length;
  const said = [c, c, other].map((one) => one.say({ type: 'moderate.give', seat: 'partnerB', id }));
  await b.sees((view) => view.floor.status === 'closing', 'the closing');
  server.clock.advance(2_500);
  const acks = await Promise.all(said);
  expect(acks.every(({ ok }) => ok)).toBe(true);
  const again = await other.say({ type: 'moderate.give', seat: 'partnerB', id });
  expect(again).toEqual(acks[0]);
  const view = await c.sees((seen) => seen.floor.holder === 'partnerB', 'the floor');
  expect(view.turns.length).toBe(turns + 1);
  for (const one of [a, b, c, other]) one.leave();
});

const presentFor = (person: Person) =>
  [...person.provider.awareness.getStates()].filter(([id]) => id !== person.doc.clientID);

test('D24 W105 presence says what the server knows, whatever a connection says', async () => {
  const { a, b } = await couple(server.origin);
  await until(() => presentFor(a).length === 1, 'the other is here');
  const forged = {
    user: { seat: 'counsellor', name: 'Forged', color: 'red' },
    words: 'out of turn',
    html: '<b>',
  };
  const raw = await rawDocument(server.origin, b);
  raw.send(awarenessFrame([65, 1, forged]));
  await until(() => presentFor(a).length === 2, 'the new connection');
  for (const entries of [
    [[a.doc.clientID, 2 ** 30, null]],
    [[a.doc.clientID, 2 ** 30, forged]],
    [[b.doc.clientID, 2 ** 30, null]],
    [[66, 1, forged]],
    [
      [65, 0, forged],
      [65, 2 ** 30, 'text'],
      [65, 3, [forged]],
    ],
    [
      [65, 4, null],
      [65, 5, forged],
      [67, 1, forged],
    ],
    [],
  ] as [number, number, unknown][][]) {
    raw.send(awarenessFrame(...entries));
  }
  const after = await rawDocument(server.origin, b);
  after.send(awarenessFrame([68, 1, {}]));
  await until(() => presentFor(a).some(([id]) => id === 68), 'what came after it');
  const shown = new Map(presentFor(a));
  expect([...shown.keys()].every((id) => [b.doc.clientID, 65, 68].includes(id))).toBe(true);
  for (const state of shown.values()) expect(state).toEqual({ user: { seat: 'partnerB', name: 'Alex' } });
  expect(presentFor(b).map(([id]) => id)).toContain(a.doc.clientID);
  expect([a.closed, b.closed, raw.closed()]).toEqual([[], [], null]);
  for (const one of [raw, after]) one.ws.terminate();
  for (const one of [a, b]) one.leave();
});

/** Why the connection of a holder of the pen is closed that sends this. */
async function refusalOf(person: Person, clientId: number, update: Uint8Array): Promise<string> {
  await person.say({ type: 'turn.here', clientId });
  const raw: RawDocument = await rawDocument(server.origin, person);
  raw.send(updateFrame(update));
  const { reason } = await raw.whenClosed;
  return reason.split(':')[0] ?? '';
}

const KINDS: readonly [what: string, make: (doc: Y.Doc) => unknown][] = [
  ['a format', (doc) => doc.getText('turn:t1').insert(0, 'x', { bold: true })],
  ['an embed', (doc) => doc.getText('turn:t1').insertEmbed(0, { image: 'x' })],
  ['a nested type', (doc) => doc.getText('turn:t1').insertEmbed(0, new Y.Map())],
  ['a map', (doc) => doc.getMap('turn:t1').set('key', 'value')],
  ['bytes', (doc) => doc.getArray('turn:t1').insert(0, [new Uint8Array(4)])],
  ['any', (doc) => doc.getArray('turn:t1').insert(0, [{ one: 1 }])],
  ['a document', (doc) => doc.getArray('turn:t1').insert(0, [new Y.Doc({ autoLoad: true })])],
  ['an element', (doc) => doc.getXmlFragment('turn:t1').insert(0, [new Y.XmlElement('script')])],
  ['another root', (doc) => doc.getText('another').insert(0, 'x')],
  ['the root of all', (doc) => doc.getMap('__proto__').set('polluted', true)],
];

test('W106 every other kind of content, every over-long number and every clock taken beforehand is refused', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('mine');
  await until(() => b.text('t1').length === 4, 'the words');
  let clientId = 6_600;
  for (const [what, make] of KINDS) {
    const doc = new Y.Doc();
    doc.clientID = ++clientId;
    make(doc);
    const code = await refusalOf(a, clientId, Y.encodeStateAsUpdate(doc));
    expect(`${what}: ${code}`).toMatch(
      /: (content-kind|parent-sub|nested-parent|wrong-root|known-mismatch|not-adjacent)$/,
    );
  }
  // The same number in more bytes, at every place of an honest update where a byte ends one.
  const honest = wordsFor('t1', 'x', 6_700, a.doc);
  for (let at = 0; at < honest.length; at++) {
    const byte = honest[at] ?? 0;
    if (byte >= 0x80) continue;
    const longer = Uint8Array.from([...honest.subarray(0, at), byte | 0x80, 0, ...honest.subarray(at + 1)]);
    expect(await refusalOf(a, 6_700, longer)).not.toBe('');
  }
  expect(b.text('t1').toString()).toBe('mine');
  // Clocks that the writer has not come to yet, under the writer's name, before the writer.
  const beforehand = new Y.Doc();
  Y.applyUpdate(beforehand, Y.encodeStateAsUpdate(a.doc));
  beforehand.clientID = a.doc.clientID;
  const known = Y.encodeStateVector(beforehand);
  beforehand.getText('turn:t1').insert(4, ' not');
  const raw = await rawDocument(server.origin, b);
  raw.send(updateFrame(Y.encodeStateAsUpdate(beforehand, known)));
  expect((await raw.whenClosed).code).toBe(4403);
  await a.say({ type: 'turn.here', clientId: a.doc.clientID });
  a.write(' and more');
  await until(() => b.text('t1').toString() === 'mine and more', 'the own words');
  expect([a.closed, b.closed, Object.hasOwn(Object.prototype, 'polluted')]).toEqual([[], [], false]);
  for (const one of [a, b]) one.leave();
});

test('D7 W107 five thousand updates behind a gap leave nothing pending, and what fills it is taken in', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  await a.say({ type: 'turn.here', clientId: 67 });
  const doc = new Y.Doc();
  doc.clientID = 67;
  const steps: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => steps.push(update));
  const text = doc.getText('turn:t1');
  for (let step = 0; step < 5_001; step++) text.insert(text.length, 'x');
  const raw = await rawDocument(server.origin, a);
  raw.send(awarenessFrame([67, 1, {}]));
  for (const step of steps.slice(1).reverse()) if (step !== steps[1]) raw.send(updateFrame(step));
  const asked = () => raw.frames.filter((frame) => frame[0] === 0 && frame[1] === 0).length;
  await until(() => asked() >= 5_000, 'a question for each', 20_000);
  const fresh = await secondDevice(server.origin, b);
  expect([fresh.text('t1').toString(), fresh.doc.store.pendingStructs]).toEqual(['', null]);
  raw.send(updateFrame(Y.encodeStateAsUpdate(doc)));
  await until(() => b.text('t1').length === 5_001, 'the words');
  expect([raw.closed(), b.doc.store.pendingStructs]).toEqual([null, null]);
  raw.ws.terminate();
  for (const one of [a, b, fresh]) one.leave();
});

test('W107 with limits on, a flood of gaps, or of commands, ends where it came from', async () => {
  const limited = await serverWithTime({ limits: true });
  const both = await couple(limited.origin);
  const quiet = await couple(limited.origin);
  for (const one of [both, quiet]) await begin(one);
  const doc = new Y.Doc();
  doc.clientID = 6_777;
  const steps: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => steps.push(update));
  for (let step = 0; step < 60; step++) doc.getText('turn:t1').insert(step, 'x');
  const raw = await rawDocument(limited.origin, both.a);
  for (const step of steps.slice(1)) raw.send(updateFrame(step));
  expect((await raw.whenClosed).code).toBe(4429);
  const acks = await Promise.all(
    Array.from({ length: 200 }, () => both.b.say({ type: 'turn.ask', ask: true })),
  );
  expect(acks.filter((ack) => !ack.ok && ack.error.code === 'too-fast').length).toBeGreaterThan(100);
  quiet.a.write('undisturbed');
  await until(() => quiet.b.text('t1').toString() === 'undisturbed', 'the words beside it');
  expect([both.a, both.b, quiet.a, quiet.b].map(({ closed }) => closed)).toEqual([[], [], [], []]);
  for (const one of [both.a, both.b, quiet.a, quiet.b]) one.leave();
  await limited.close();
});

test('D22 W108 a phone behind a dead socket comes back with its clientID, and the dead one is let go', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  const doc = new Y.Doc();
  doc.clientID = 68_000;
  const dead = await rawDocument(server.origin, a);
  dead.send(awarenessFrame([doc.clientID, 1, {}]));
  doc.getText('turn:t1').insert(0, 'before ');
  dead.send(updateFrame(Y.encodeStateAsUpdate(doc)));
  await until(() => b.text('t1').length === 7, 'the words');
  // It reads nothing and says nothing, and the network does not tell.
  dead.ws.pause();
  const fresh = await rawDocument(server.origin, a);
  fresh.send(awarenessFrame([doc.clientID, 2, {}]));
  const before = Y.encodeStateVector(doc);
  doc.getText('turn:t1').insert(7, 'after');
  fresh.send(updateFrame(Y.encodeStateAsUpdate(doc, before)));
  await until(() => b.text('t1').toString() === 'before after', 'the words');
  expect(presentFor(b).filter(([id]) => id === doc.clientID)).toHaveLength(1);
  // Another that stays silent, with nobody to replace it: after twenty seconds its place is free.
  const silent = await rawDocument(server.origin, a);
  silent.send(awarenessFrame([68_001, 1, {}]));
  await until(() => presentFor(b).length === 3, 'it is here');
  silent.ws.pause();
  fresh.ws.terminate();
  await pass(25_000, [a, b]);
  await until(() => presentFor(b).length === 1, 'both have gone');
  expect(presentFor(b).map(([id]) => id)).toEqual([a.doc.clientID]);
  expect([a.closed, b.closed]).toEqual([[], []]);
  for (const one of [dead, silent]) one.ws.terminate();
  for (const one of [a, b]) one.leave();
});
