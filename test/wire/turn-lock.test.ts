/**
 * Only the holder writes.
 *
 * W30 Who does not hold the turn is refused with 4403, and nobody's screen changes.
 * W31 Words that were on their way when the floor was frozen, paused or given away come in for two seconds; later
 *     ones are refused.
 * W32 `turn.done` waits for the words below its state vector, two seconds at the most.
 * W33 The pen is one connection's; `turn.here` moves it; a reconnect with the same clientID keeps it.
 * W34 Nobody writes under another's clientID, and nobody speaks for another in awareness.
 * W35 A second exercise runs as the first one did.
 */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { begin, couple, type Person, secondDevice, three, until } from '../support/person.ts';
import { playThrough } from '../support/play-through.ts';
import { awarenessFrame, queryFrame, rawDocument, updateFrame, wordsFor } from '../support/raw-document.ts';
import { type ServerHere, serverHere } from '../support/server-here.ts';

let server: ServerHere;
beforeAll(async () => {
  server = await serverHere();
});
afterAll(() => server.close());

const started = async () => {
  const both = await couple(server.origin);
  await begin(both);
  return both;
};
const presentFor = (person: Person) =>
  [...person.provider.awareness.getStates()].filter(([id]) => id !== person.doc.clientID);
const denial = (frame: Buffer | undefined) => frame?.subarray(3).toString();

test('W30 the other one’s words are refused, and the holder’s screen stays as it was', async () => {
  const { a, b } = await started();
  a.write('mine');
  await until(() => b.text('t1').toString() === 'mine', 'the words');
  b.text('t1').insert(0, 'not yours ');
  await until(() => b.closed.length === 1, 'the refusal');
  expect(b.closed[0]).toMatchObject({ code: 4403, reason: expect.stringMatching(/^not-your-turn/) });
  a.write(' still');
  const again = await secondDevice(server.origin, b);
  expect(again.text('t1').toString()).toBe('mine still');
  expect(a.text('t1').toString()).toBe('mine still');
  expect(a.closed).toEqual([]);
});

test('W30 deleting the other one’s words, in any turn, is refused', async () => {
  const { a, b } = await started();
  a.write('mine');
  await until(() => b.text('t1').length === 4, 'the words');
  expect(await a.done()).toMatchObject({ ok: true });
  await b.sees((view) => view.floor.holder === 'partnerB', 'the own turn');
  b.text('t1').delete(0, 2);
  await until(() => b.closed.length === 1, 'the refusal');
  expect(b.closed[0]).toMatchObject({ code: 4403, reason: expect.stringMatching(/^ds-outside/) });
  expect(a.text('t1').toString()).toBe('mine');
});

test('W30 words for a text of one’s own making, for a closed turn and for the next one are refused', async () => {
  for (const turn of ['t1', 't9', 'notes', 'x__proto__']) {
    const { a, b } = await started();
    a.write('said');
    await a.done();
    await b.sees((view) => view.floor.holder === 'partnerB', 'the own turn');
    const raw = await rawDocument(server.origin, a);
    raw.send(updateFrame(wordsFor(turn, 'late', 77, a.doc)));
    expect([(await raw.whenClosed).code, a.text('t1').toString()]).toEqual([4403, 'said']);
    expect(denial(raw.frames.at(-1))).toBeTruthy();
    expect([...b.doc.share.keys()]).not.toContain(`turn:${turn === 't1' ? 't9' : turn}`);
  }
});

test('W30 no holder writes where no turn is open', async () => {
  const { a } = await couple(server.origin);
  a.text('t1').insert(0, 'too early');
  await until(() => a.closed.length === 1, 'the refusal');
  expect(a.closed[0]?.code).toBe(4403);
});

test.each([
  ['moderate.hold', 'moderate.resume'],
  ['pause.start', null],
] as const)(
  'W31 after %s words come in for two seconds, and the turn goes on as it was',
  async (stop, go) => {
    const { a, b, c } = await three(server.origin);
    await begin({ a, b, sessionId: a.sessionId });
    a.write('one ');
    expect(await c.say({ type: stop })).toMatchObject({ ok: true });
    a.text('t1').insert(4, 'two ');
    await until(() => b.text('t1').toString() === 'one two ', 'what was on its way');
    if (go) await c.say({ type: go });
    else for (const one of [a, b]) await one.say({ type: 'pause.end' });
    await a.sees((view) => view.floor.status === 'held', 'the own turn again');
    expect(a.view().floor.turn).toBe('t1');
    a.write('three');
    await until(() => b.text('t1').toString() === 'one two three', 'the rest');
    await c.say({ type: stop });
    const stopped = performance.now();
    await until(() => performance.now() - stopped > 2_100, 'the grace is over');
    a.text('t1').insert(0, 'late ');
    await until(() => a.closed.length === 1, 'the refusal');
    expect(a.closed[0]?.code).toBe(4403);
    expect(b.text('t1').toString()).toBe('one two three');
  },
);

test('W31 a turn that is given away takes the last words in, and then the next one opens', async () => {
  const { a, b, c } = await three(server.origin);
  await begin({ a, b, sessionId: a.sessionId });
  a.write('one ');
  const given = c.say({ type: 'moderate.give', seat: 'partnerB' });
  await a.sees((view) => view.floor.status === 'closing', 'the closing');
  a.text('t1').insert(4, 'two');
  expect(await given).toMatchObject({ ok: true });
  const view = await b.sees((seen) => seen.floor.holder === 'partnerB', 'the floor');
  expect([view.floor.status, b.text('t1').toString()]).toEqual(['held', 'one two']);
  a.text('t1').insert(0, 'late ');
  await until(() => a.closed.length === 1, 'the refusal');
  expect([a.closed[0]?.code, b.text('t1').toString()]).toEqual([4403, 'one two']);
});

test('W32 words that come after the command, but in time, end the turn with them', async () => {
  const { a, b } = await started();
  const clientId = 4_001;
  const update = wordsFor('t1', 'slow words', clientId);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const raw = await rawDocument(server.origin, a);
  const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64');
  const [first, second] = [1, 2].map(() => a.say({ type: 'turn.done', stateVector }));
  await a.say({ type: 'turn.ask', ask: true });
  expect(a.view().floor.turn).toBe('t1');
  raw.send(updateFrame(update));
  expect(await first).toMatchObject({ ok: true });
  // Said twice, it still ends one turn, not the one after it.
  expect(await second).toMatchObject({ ok: false });
  await b.sees((view) => view.floor.turn === 't2', 'the next turn');
  expect(b.text('t1').toString()).toBe('slow words');
});

test('W32 words that never come are said to be missing, and the turn stays held', async () => {
  const { a, b } = await started();
  const doc = new Y.Doc();
  doc.getText('turn:t1').insert(0, 'never sent');
  const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64');
  const asked = performance.now();
  expect(await a.say({ type: 'turn.done', stateVector, turn: 't1' })).toMatchObject({
    ok: false,
    error: { code: 'words-missing' },
  });
  expect(performance.now() - asked).toBeGreaterThan(1_900);
  expect(b.view().floor).toMatchObject({ status: 'held', holder: 'partnerA', turn: 't1' });
  a.write('but these');
  expect(await a.done()).toMatchObject({ ok: true });
});

test('W33 the first that writes has the pen; another device of the seat takes it over by saying so', async () => {
  const { a, b } = await started();
  const laptop = await secondDevice(server.origin, a);
  a.write('phone ');
  await until(() => laptop.text('t1').length === 6, 'the words');
  await laptop.sees((view) => view.floor.pen === a.doc.clientID, 'whose pen it is');
  const stray = await secondDevice(server.origin, a);
  stray.text('t1').insert(6, 'no');
  await until(() => stray.closed.length === 1, 'the refusal');
  expect(stray.closed[0]?.code).toBe(4403);
  expect(await laptop.say({ type: 'turn.here', clientId: laptop.doc.clientID })).toMatchObject({ ok: true });
  laptop.text('t1').insert(6, 'laptop ');
  await until(() => b.text('t1').toString() === 'phone laptop ', 'the words');
  a.text('t1').insert(0, 'no');
  await until(() => a.closed.length === 1, 'the refusal');
  expect([a.closed[0]?.code, b.text('t1').toString()]).toEqual([4403, 'phone laptop ']);
  expect(await laptop.done()).toMatchObject({ ok: true });
});

test('W33 a phone that comes back with its clientID keeps the pen, and the connection it had is closed', async () => {
  const { a, b } = await started();
  const old = await rawDocument(server.origin, a);
  const doc = new Y.Doc();
  doc.clientID = 5_005;
  old.send(awarenessFrame([doc.clientID, 0, {}]));
  doc.getText('turn:t1').insert(0, 'before ');
  old.send(updateFrame(Y.encodeStateAsUpdate(doc)));
  await until(() => b.text('t1').length === 7, 'the words');
  const states: number[] = [];
  b.provider.awareness.on('change', ({ removed }: { removed: number[] }) => states.push(...removed));
  const fresh = await rawDocument(server.origin, a);
  fresh.send(awarenessFrame([doc.clientID, 0, {}]));
  expect(await old.whenClosed).toMatchObject({ code: 4403, reason: expect.stringMatching(/^replaced/) });
  const before = Y.encodeStateVector(doc);
  doc.getText('turn:t1').insert(7, 'after');
  fresh.send(updateFrame(Y.encodeStateAsUpdate(doc, before)));
  await until(() => b.text('t1').toString() === 'before after', 'the words');
  expect([states, fresh.closed()]).toEqual([[], null]);
  expect(presentFor(b).map(([id]) => id)).toContain(doc.clientID);
});

test('W33 who leaves and comes back with the same clientID is seen again by the others', async () => {
  const { a, b } = await couple(server.origin);
  await until(() => presentFor(b).length === 1, 'the other is here');
  for (let round = 0; round < 3; round++) {
    a.provider.disconnect();
    await until(() => presentFor(b).length === 0, 'the other is gone');
    a.provider.connect();
    await until(() => presentFor(b).length === 1, 'the other is here again');
  }
  expect(presentFor(b)).toEqual([[a.doc.clientID, { user: { seat: 'partnerA', name: 'Sam' } }]]);
});

test('W34 a word under another’s clientID is refused, whichever way it comes', async () => {
  const { a, b } = await started();
  a.write('truth');
  await until(() => b.text('t1').length === 5, 'the words');
  expect(await a.done()).toMatchObject({ ok: true });
  await b.sees((view) => view.floor.holder === 'partnerB', 'the own turn');
  // The next clock of Sam's own clientID, from Alex's connection, in the turn that Alex holds.
  const forger = new Y.Doc();
  Y.applyUpdate(forger, Y.encodeStateAsUpdate(b.doc));
  forger.clientID = a.doc.clientID;
  const vector = Y.encodeStateVector(forger);
  forger.getText('turn:t2').insert(0, 'I confess');
  const raw = await rawDocument(server.origin, b);
  raw.send(updateFrame(Y.encodeStateAsUpdate(forger, vector)));
  expect((await raw.whenClosed).code).toBe(4403);
  const shown = await rawDocument(server.origin, b);
  shown.send(awarenessFrame([999, 1, {}]));
  shown.send(updateFrame(wordsFor('t2', 'mine', 998, b.doc)));
  expect((await shown.whenClosed).reason).toMatch(/^foreign-client/);
  expect(a.text('t2').toString()).toBe('');
});

test('W34 a clientID that one seat has shown, only in awareness, is nobody else’s', async () => {
  const { a, b } = await started();
  const raw = await rawDocument(server.origin, b);
  raw.send(updateFrame(wordsFor('t1', 'x', a.doc.clientID)));
  expect(await raw.whenClosed).toMatchObject({
    code: 4403,
    reason: expect.stringMatching(/^foreign-client/),
  });
  a.write('mine');
  await until(() => b.text('t1').toString() === 'mine', 'the words');
});

test('W34 what was accepted before changes nothing when another connection sends it again', async () => {
  const { a, b } = await started();
  a.write('said');
  await until(() => b.text('t1').length === 4, 'the words');
  const seen = b.views.length;
  const raw = await rawDocument(server.origin, b);
  raw.send(updateFrame(Y.encodeStateAsUpdate(a.doc)));
  raw.send(updateFrame(Y.encodeStateAsUpdate(a.doc)));
  raw.send(queryFrame);
  await until(() => raw.frames.some((frame) => frame[0] === 1 && frame.length > 3), 'an answer after it');
  expect([raw.closed(), a.closed, b.closed, b.views.length]).toEqual([null, [], [], seen]);
});

test('D24 W34 awareness speaks for one’s own clientID alone, and says what the server says', async () => {
  const { a, b } = await couple(server.origin);
  await until(() => presentFor(b).length === 1 && presentFor(a).length === 1, 'both are here');
  const raw = await rawDocument(server.origin, b);
  const forged = { user: { seat: 'counsellor', name: 'Forged' }, html: '<b>' };
  raw.send(
    awarenessFrame(
      [31, 1, forged],
      [a.doc.clientID, 2 ** 30, null],
      [b.doc.clientID, 900, forged],
      [32, 1, forged],
    ),
  );
  await until(() => presentFor(a).length === 2, 'the new connection');
  expect(new Map(presentFor(a))).toEqual(
    new Map([b.doc.clientID, 31].map((id) => [id, { user: { seat: 'partnerB', name: 'Alex' } }])),
  );
  a.provider.awareness.setLocalStateField('user', { name: 'Somebody else', seat: 'counsellor' });
  raw.send(awarenessFrame([31, 2, null]));
  await until(() => presentFor(a).length === 1, 'it has gone');
  expect(presentFor(b)).toEqual([[a.doc.clientID, { user: { seat: 'partnerA', name: 'Sam' } }]]);
});

test('W34 a connection that only echoes what it hears takes nobody’s clientID', async () => {
  const { a, b } = await started();
  const reader = await rawDocument(server.origin, a);
  await until(() => reader.frames.some((frame) => frame[0] === 1 && frame.length > 3), 'who is here');
  const echo = new Awareness(new Y.Doc());
  echo.setLocalState(null);
  for (const frame of reader.frames.filter((one) => one[0] === 1)) reader.send(frame);
  a.write('still mine');
  await until(() => b.text('t1').length === 10, 'the words');
  expect([a.closed, reader.closed()]).toEqual([[], null]);
  echo.destroy();
});

test('W35 a second exercise in the same session, with the parts the other way round', async () => {
  const both = await couple(server.origin);
  const letters = (acted: readonly string[]) => acted.map((seat) => seat.slice(-1)).join('');
  await begin(both);
  expect(letters(await playThrough(both))).toBe('ABABABABABAB');
  await both.b.sees((view) => view.may.includes('exercise.start'), 'the choice');
  await begin(both, 'take-turns', 'partnerB');
  expect(letters(await playThrough(both))).toBe('BABABABABABA');
  expect(both.a.view().turns.map(({ id }) => id)).toHaveLength(16);
});

test('D24 W34 a connection that shows the highest clock there is costs nobody else the connection', async () => {
  const { a, b } = await couple(server.origin);
  await until(() => presentFor(a).length === 1, 'the other');
  const raw = await rawDocument(server.origin, b);
  raw.send(awarenessFrame([69, 2 ** 31 - 1, {}]));
  await until(() => presentFor(a).length === 2, 'the new one');
  raw.ws.terminate();
  await until(() => presentFor(a).length === 1, 'it has gone');
  const late = await rawDocument(server.origin, b);
  late.send(awarenessFrame([70, 1, {}]));
  await until(() => presentFor(a).length === 2, 'one after it');
  await a.say({ type: 'lobby.ready', ready: true });
  expect([a.closed, b.closed]).toEqual([[], []]);
});
