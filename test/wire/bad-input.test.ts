/**
 * Whatever comes in, the server lives, the session beside it never notices, and nothing that was said, and no name,
 * token or invitation, is in the server's output.
 *
 * W80 Every field over HTTP. W81 Every field of every command. W82 Every kind of frame. W83 Floods, with limits on.
 * W84 A second session runs all the while. W85 The output, at its most talkative, holds none of it.
 */
import { type Command, commandTypes } from '@mend/core';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { begin, type Couple, couple, createSession, join, post, three, until } from '../support/person.ts';
import {
  awarenessFrame,
  queryFrame,
  rawDocument,
  step1Frame,
  updateFrame,
  wordsFor,
} from '../support/raw-document.ts';
import { type ServerProcess, startServer, storeFolder } from '../support/start-server.ts';

const folder = storeFolder();
let server: ServerProcess;
let beside: Couple;
let besideWords = '';
const secrets = new Set(['SENTINEL', 'Sam', 'Alex']);

beforeAll(async () => {
  server = await startServer({ store: folder.url, env: { MEND_LOG: 'trace' } });
  beside = await couple(server.origin);
  await begin(beside);
});
afterAll(async () => {
  for (const one of [beside.a, beside.b]) one.leave();
  await server.stop();
  folder.remove();
});

/** The session beside it goes on, on every channel, with no connection lost. */
async function goesOn(): Promise<void> {
  besideWords += 'SENTINEL ';
  beside.a.write('SENTINEL ');
  await until(() => beside.b.text('t1').toString() === besideWords, 'the words beside it');
  expect([beside.a.closed, beside.b.closed]).toEqual([[], []]);
  expect(await beside.b.say({ type: 'turn.ask', ask: besideWords.length % 2 === 0 })).toMatchObject({
    ok: true,
  });
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
}

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const hostile: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  '\ud800',
  'a\u0000b',
  '\u001b[31m',
  '\uffff',
  'x'.repeat(5_000),
  [],
  {},
  ['x'],
  { toString: 'x' },
  { $ne: 1 },
  `e${'\u0301'.repeat(3_000)}`,
  '\u202eSENTINEL',
  '__proto__',
  'constructor',
  '👩‍👩‍👧'.repeat(41),
];
const names: ReadonlySet<unknown> = new Set(['\u202eSENTINEL', '__proto__', 'constructor']);

test('W80 every field of every call, with whatever is wrong', async () => {
  const { sessionId, invites } = await createSession(server.origin);
  const sam = await join(server.origin, invites.partnerA ?? '', 'Sam SENTINEL');
  for (const value of [sam.token, ...Object.values(invites)]) secrets.add(value);
  const raw = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(server.origin + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const statuses = new Set<number>();
  for (const value of hostile) {
    for (const [path, body] of [
      ['/api/sessions', { withCounsellor: value }],
      ['/api/sessions', { [JSON.stringify(value)]: true }],
      ['/api/join', { invite: value, name: 'Sam' }],
      ['/api/join', { invite: invites.partnerB, name: value }],
      ['/api/join', { invite: invites.partnerB, name: 'Alex', seat: 'counsellor', x: value }],
      ['/api/codes', { invite: value }],
      ['/api/codes/redeem', { code: value }],
      [`/api/sessions/${sessionId}/invites`, { seat: value }],
    ] as const) {
      // Odd, but a name, and a wish that may be had.
      if (
        ('name' in body && !('seat' in body) && names.has(value)) ||
        (value === true && 'withCounsellor' in body)
      )
        continue;
      const response = await post(server.origin, path, body, { authorization: `Bearer ${sam.token}` });
      statuses.add(response.status);
      const text = await response.text();
      if (path !== '/api/sessions' || response.status !== 201) expect(text).not.toContain('SENTINEL');
    }
  }
  expect([...statuses].filter((status) => ![400, 404, 413].includes(status))).toEqual([]);
  for (const body of [
    '',
    '{',
    'null',
    '"x"',
    '[]',
    '{"invite":',
    '{"__proto__":{"x":1},"invite":"i","name":"n"}',
    deep(5_000),
    `{"name":${deep(3_000)}}`,
    `{"invite":"SENTINEL","name":"${'\\ud800'}"}`,
    `{"a":1e999}`,
    'x'.repeat(20_000),
    `{"invite":"${'\\u0000'.repeat(40)}","name":"n"}`,
  ]) {
    expect([400, 404, 413]).toContain((await raw('/api/join', body)).status);
  }
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-encoding': 'gzip' },
    { 'content-type': 'multipart/form-data; boundary=x' },
  ]) {
    expect((await raw('/api/sessions', '{"withCounsellor":true}', headers)).status).toBe(400);
  }
  for (const path of [
    '/%',
    '/api/sessions/%00/transcript',
    `/api/sessions/${'x'.repeat(4_000)}/transcript`,
    '/api/sessions/__proto__/transcript',
  ]) {
    expect([400, 401, 404]).toContain((await fetch(server.origin + path)).status);
  }
  // Everything that was refused left the invitation as it was.
  expect(await join(server.origin, invites.partnerB ?? '', 'Alex')).toMatchObject({ seat: 'partnerB' });
  await goesOn();
});

test('W81 every command with every hostile field is answered, and changes nothing it may not', async () => {
  const { a, b, c } = await three(server.origin);
  await begin({ a, b, sessionId: a.sessionId });
  const fields = [
    'ready',
    'same',
    'seat',
    'keep',
    'exercise',
    'first',
    'choice',
    'words',
    'moment',
    'stateVector',
    'turn',
    'ask',
    'clientId',
    'kind',
    'minutes',
    'text',
    'to',
    'id',
    'more',
  ];
  const types: readonly Command['type'][] = commandTypes();
  for (const type of [...types, 'SENTINEL', '', '__proto__', 'constructor', 'toString']) {
    const all = fields.flatMap((field) => hostile.map((value) => ({ type, [field]: value })));
    // Those that end things by being said at all are said without a fault elsewhere.
    const told = all.filter(
      (one) =>
        !(['session.close', 'pause.start'] as string[]).includes(type) || !('minutes' in one || 'id' in one),
    );
    const acks = await Promise.all(told.map((one) => (type.startsWith('moderate') ? c : a).say(one)));
    for (const ack of acks) if (!ack.ok) expect(ack.error.message).not.toContain('SENTINEL');
  }
  for (const odd of [
    null,
    [],
    'x',
    7,
    [{ type: 'signal' }],
    { type: { type: 'signal' } },
    {},
    Buffer.from('SENTINEL'),
    { type: 'signal', kind: Buffer.alloc(3) },
  ]) {
    const ack = await a.socket.timeout(5_000).emitWithAck('command', odd);
    expect(ack).toMatchObject({ ok: false });
  }
  a.socket.emit('command');
  a.socket.emit('command', { type: 'signal' });
  a.socket.emit('command', { type: 'signal' }, 'no function', 7);
  a.socket.emit('unheard-of', 'SENTINEL');
  expect(await a.say({ type: 'nothing' })).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  expect(a.view().phase).toBe('live');
  const stuffed = io(server.origin, {
    auth: { token: a.token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const closed = new Promise<string>((resolve) => void stuffed.on('disconnect', resolve));
  await new Promise((view) => stuffed.once('view', view));
  stuffed.emit('command', { type: 'moderate.prompt', text: 'SENTINEL'.repeat(200_000) });
  expect(await closed).toMatch(/transport/);
  await goesOn();
});

test('D25 W82 every frame that is not the protocol, or that forges, closes its own connection alone', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('SENTINEL');
  await until(() => b.text('t1').length === 8, 'the words');
  const good = wordsFor('t1', 'SENTINEL', 61, a.doc);
  const v2 = new Y.Doc();
  v2.getText('turn:t1').insert(0, 'SENTINEL');
  const nested = new Y.Doc();
  nested.clientID = 67;
  nested.getMap('turn:t1').set('x', new Y.Map());
  const formatted = new Y.Doc();
  formatted.clientID = 68;
  formatted.getText('turn:t1').insert(0, 'x', { bold: true });
  const frame = (...bytes: number[]) => Uint8Array.from(bytes);
  const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const cases: readonly [what: string, codes: readonly number[], bytes: Uint8Array | string, pen?: number][] =
    [
      ['text', [4400], 'SENTINEL'],
      ['nothing', [4400], frame()],
      ['over-long type', [4400], join(frame(0x80, 0, 0x82, 0), frame(good.length), good)],
      ['over-long subtype', [4400], join(frame(0, 0x82, 0, good.length), good)],
      ['auth', [4400], frame(2, 0, 1, 65)],
      ['unknown type', [4400], frame(9)],
      ['unknown step', [4400], frame(0, 3, 0)],
      ['cut', [4400], updateFrame(good).subarray(0, -1)],
      ['longer', [4400], join(updateFrame(good), frame(0))],
      ['cut inside', [4400], updateFrame(good.subarray(0, -1))],
      ['longer inside', [4400], updateFrame(join(good, frame(0)))],
      ['v2', [4400], updateFrame(Y.encodeStateAsUpdateV2(v2))],
      ['many structs claimed', [4400], updateFrame(frame(1, 0x80, 0x80, 0x80, 0x80, 1))],
      ['eight bytes and more', [4400], updateFrame(frame(1, 1, ...Array(9).fill(0xff), 1))],
      ['nan', [4400], updateFrame(frame(...Array(160).fill(0x80)))],
      ['a map', [4400, 4403], updateFrame(Y.encodeStateAsUpdate(nested)), 67],
      ['a format', [4400, 4403], updateFrame(Y.encodeStateAsUpdate(formatted)), 68],
      ['a bell', [4403], updateFrame(wordsFor('t1', 'SENTINEL\u0007', 62, a.doc)), 62],
      ['too many words', [4413], updateFrame(wordsFor('t1', 'x'.repeat(60_001), 63, a.doc)), 63],
      ['too many bytes', [4413], updateFrame(new Uint8Array(513 * 1024))],
      ['beyond the frame', [1009, 1006], updateFrame(new Uint8Array(700 * 1024))],
      ['bad vector', [4400], step1Frame(frame(1, 1))],
      ['huge vector', [4400], step1Frame(frame(0xff, 0xff, 0x7f))],
      ['bad awareness', [4400], frame(1, 2, 1, 1)],
      ['awareness that is no JSON', [4400], frame(1, 5, 1, 1, 1, 1, 65)],
      ['much awareness', [4400], awarenessFrame([64, 1, 'SENTINEL'.repeat(400)])],
      ['awareness clock', [4400], awarenessFrame([65, 2 ** 31, {}])],
      ['query and more', [4400], frame(3, 0)],
      ['another seat’s clientID', [4403], updateFrame(wordsFor('t1', 'x', b.doc.clientID, a.doc))],
    ];
  for (const [what, codes, bytes, pen] of cases) {
    if (pen !== undefined)
      expect(await a.say({ type: 'turn.here', clientId: pen })).toMatchObject({ ok: true });
    const raw = await rawDocument(server.origin, a);
    raw.send(bytes);
    const { code, reason } = await raw.whenClosed;
    expect([what, codes.includes(code), code]).toEqual([what, true, code]);
    expect(reason).not.toContain('SENTINEL');
    if (pen !== undefined) expect(reason).not.toMatch(/^not-your-turn/);
  }
  // A gap costs a question, and what comes after it is taken in.
  await a.say({ type: 'turn.here', clientId: 66 });
  const gap = new Y.Doc();
  Y.applyUpdate(gap, Y.encodeStateAsUpdate(a.doc));
  gap.clientID = 66;
  const steps: Uint8Array[] = [];
  gap.on('update', (update: Uint8Array) => steps.push(update));
  for (const word of ['one ', 'two ']) gap.getText('turn:t1').insert(gap.getText('turn:t1').length, word);
  const raw = await rawDocument(server.origin, a);
  raw.send(awarenessFrame([66, 1, {}]));
  await until(() => raw.frames.length > 0, 'the first question');
  const asked = () => raw.frames.filter((one) => one[0] === 0 && one[1] === 0).length;
  const before = asked();
  raw.send(updateFrame(steps[1] ?? frame()));
  await until(() => asked() === before + 1, 'the question');
  for (const step of steps) raw.send(updateFrame(step));
  await until(() => b.text('t1').toString() === 'SENTINELone two ', 'the words');
  raw.send(queryFrame);
  expect([raw.closed(), a.closed, b.closed]).toEqual([null, [], []]);
  await goesOn();
});

test('W83 W84 with limits on, floods end where they came from', async () => {
  const own = storeFolder();
  const limited = await startServer({ store: own.url, env: { MEND_LIMITS: 'on', MEND_LOG: 'trace' } });
  const quiet = await couple(limited.origin);
  await begin(quiet);
  const loud = await couple(limited.origin);
  const frames = [
    step1Frame(Uint8Array.of(0)),
    queryFrame,
    awarenessFrame([81, 1, {}]),
    updateFrame(Uint8Array.of(0, 0)),
  ];
  for (const bytes of frames) {
    const raw = await rawDocument(limited.origin, loud.a);
    for (let count = 0; count < 3_000; count++) raw.send(bytes);
    expect((await raw.whenClosed).code).toBe(4429);
  }
  const acks = await Promise.all(Array.from({ length: 300 }, () => loud.a.say({ type: 'SENTINEL' })));
  expect(acks.some((ack) => !ack.ok && ack.error.code === 'too-fast')).toBe(true);
  const joins = await Promise.all(
    Array.from({ length: 80 }, () => post(limited.origin, '/api/join', { invite: 'SENTINEL', name: 'x' })),
  );
  expect(joins.some((response) => response.status === 429)).toBe(true);
  expect([loud.b.closed, quiet.a.closed, quiet.b.closed]).toEqual([[], [], []]);
  quiet.a.write('SENTINEL');
  await until(() => quiet.b.text('t1').toString() === 'SENTINEL', 'the words beside it');
  for (const one of [quiet.a, quiet.b, loud.a, loud.b]) {
    secrets.add(one.token);
    one.leave();
  }
  expect(await limited.stop()).toBe(0);
  for (const secret of secrets) expect(limited.output()).not.toContain(secret);
  own.remove();
});

test('W85 the output holds no word, name, token or invitation', async () => {
  await goesOn();
  for (const one of [beside.a, beside.b]) secrets.add(one.token);
  expect(server.output()).toContain('a document connection was refused');
  for (const secret of secrets) expect(server.output()).not.toContain(secret);
  expect(server.output()).not.toContain(beside.sessionId);
});
