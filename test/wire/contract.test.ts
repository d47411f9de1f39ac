/**
 * What any client may rely on, call by call.
 *
 * W20 Rooms, invitations and seats over HTTP.
 * W21 The transcript: while it is live, kept, not kept, not decided.
 * W22 The shapes of a view and of an ack.
 * W23 Every command of a partner, with its refusals.
 * W24 Every command of a counsellor.
 * W25 A command with an id has its effect once and the same ack, also after a restart.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  begin,
  connect,
  couple,
  createSession,
  join,
  type Person,
  post,
  three,
  until,
} from '../support/person.ts';
import { rawDocument } from '../support/raw-document.ts';
import { type ServerHere, serverHere } from '../support/server-here.ts';

let server: ServerHere;
beforeAll(async () => {
  server = await serverHere();
});
afterAll(() => server.close());

const transcriptOf = (person: Person) =>
  fetch(`${server.origin}/api/sessions/${person.sessionId}/transcript`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const done = { ok: true, v: expect.any(Number) };
const id = () => crypto.randomUUID();

test('W20 the server says that it is there, and what can be done in it', async () => {
  const health = await fetch(`${server.origin}/healthz`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  const shelf = await fetch(`${server.origin}/api/exercises`);
  const { exercises } = (await shelf.json()) as { exercises: { id: string; moments: unknown[] }[] };
  for (const exercise of exercises) {
    expect(exercise).toMatchObject({
      id: expect.stringMatching(/^[a-z-]+$/),
      title: expect.any(String),
      summary: expect.any(String),
      minutes: expect.any(Number),
    });
    expect(exercise.moments.length).toBeGreaterThan(1);
  }
  expect(exercises.map((exercise) => exercise.id)).toContain('take-turns');
});

test('W20 a room has an invitation for each seat, and a counsellor only where one was asked for', async () => {
  expect(Object.keys((await createSession(server.origin)).invites)).toEqual(['partnerA', 'partnerB']);
  const { invites } = await createSession(server.origin, true);
  expect(Object.keys(invites)).toEqual(['partnerA', 'partnerB', 'counsellor']);
  for (const [seat, invite] of Object.entries(invites)) {
    expect(invite).toMatch(/^[\w-]{26,}$/);
    expect(await join(server.origin, invite, 'Sam')).toMatchObject({ seat });
  }
});

test('W20 an invitation that was used, that never was, and that is no invitation are the same 404', async () => {
  const { invites } = await createSession(server.origin);
  const invite = invites.partnerA ?? '';
  await join(server.origin, invite, 'Sam');
  const answers = [];
  for (const one of [invite, `${invite.slice(0, -1)}1`, `i${'a'.repeat(58)}`, 'nothing', '']) {
    const response = await post(server.origin, '/api/join', { invite: one, name: 'Eve' });
    answers.push([response.status, await response.text()].join(' '));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('404');
  expect(answers[0]).toContain('invite-unknown');
});

test('W20 of twenty who use one invitation at once, one gets the seat', async () => {
  const { invites } = await createSession(server.origin);
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      post(server.origin, '/api/join', { invite: invites.partnerA, name: `N${n}` }),
    ),
  );
  expect(all.map((response) => response.status).sort()).toEqual([200, ...Array(19).fill(404)]);
});

test('W20 a faulty request is a problem with a code', async () => {
  const response = await post(server.origin, '/api/sessions', { withCounsellor: 'yes' });
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.json()).toMatchObject({ type: 'about:blank', status: 400, code: 'bad-input' });
  expect((await fetch(`${server.origin}/api/nothing`)).status).toBe(404);
});

test('W20 a join whose answer was lost is answered again to the same attempt, and to no other', async () => {
  const { invites } = await createSession(server.origin);
  const body = { invite: invites.partnerA, name: 'Sam', attempt: id() };
  const first = await post(server.origin, '/api/join', body);
  const again = await post(server.origin, '/api/join', body);
  expect([first.status, again.status]).toEqual([200, 200]);
  const answer = await first.json();
  expect(await again.json()).toEqual(answer);
  for (const other of [
    { ...body, attempt: id() },
    { invite: body.invite, name: 'Sam' },
  ]) {
    const response = await post(server.origin, '/api/join', other);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'invite-unknown' });
  }
  const bad = await post(server.origin, '/api/join', { ...body, attempt: 'mine' });
  expect(bad.status).toBe(400);
});

test('W21 the transcript is there while it is live, and after both wanted it kept', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  a.write('What I said.');
  expect(await a.done()).toEqual(done);
  const live = await transcriptOf(b);
  expect([live.status, await live.json()]).toMatchObject([
    200,
    {
      phase: 'live',
      turns: [{ id: 't1', seat: 'partnerA', name: 'Sam', kind: 'speak', text: 'What I said.' }, {}],
    },
  ]);
  for (const one of [a, b]) expect(await one.say({ type: 'consent.save', keep: true })).toEqual(done);
  expect(await b.say({ type: 'session.close' })).toEqual(done);
  await a.sees((view) => view.phase === 'sealed', 'the end');
  expect(a.view().decideBy).toBeNull();
  expect(await (await transcriptOf(a)).json()).toMatchObject({
    phase: 'sealed',
    sealedAt: expect.any(Number),
  });
});

test('W21 one no is enough: 410, views say erased, the document closes with 4410, also after a restart', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  await begin(both);
  await a.say({ type: 'consent.save', keep: true });
  await b.say({ type: 'consent.save', keep: false });
  expect(await a.say({ type: 'session.close' })).toEqual(done);
  for (const one of [a, b]) {
    await one.sees((view) => view.phase === 'erased', 'the erasure');
    await until(() => one.closed.length === 1, 'the close');
    expect(one.closed[0]?.code).toBe(4410);
  }
  for (let round = 0; round < 2; round++) {
    const response = await transcriptOf(a);
    expect([response.status, await response.json()]).toMatchObject([410, { code: 'not-kept' }]);
    expect((await (await rawDocument(server.origin, b)).whenClosed).code).toBe(4410);
    if (round === 0) await server.restart();
  }
  await until(() => a.socket.connected && a.views.length > 0, 'the channel is back');
  expect(a.view().phase).toBe('erased');
});

test('W21 undecided: 410 until both said yes, and who says no erases it', async () => {
  for (const [last, expected] of [
    [true, 200],
    [false, 410],
  ] as const) {
    const both = await couple(server.origin);
    const { a, b } = both;
    await begin(both);
    await a.say({ type: 'consent.save', keep: true });
    await a.say({ type: 'session.close' });
    const sealed = await b.sees((view) => view.phase === 'sealed', 'the seal');
    expect(sealed.decideBy).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    const early = await transcriptOf(b);
    expect([early.status, await early.json()]).toMatchObject([410, { code: 'not-decided' }]);
    await server.restart();
    await until(() => b.socket.connected, 'the channel is back');
    expect(await b.say({ type: 'consent.save', keep: last })).toEqual(done);
    expect((await transcriptOf(a)).status).toBe(expected);
  }
});

test('W22 a view has its fields, and one’s own readiness alone', async () => {
  const { sessionId, invites } = await createSession(server.origin);
  const a = await connect(server.origin, await join(server.origin, invites.partnerA ?? '', ' Sam '));
  const b = await connect(server.origin, await join(server.origin, invites.partnerB ?? '', 'Alex'));
  expect(a.sessionId).toBe(sessionId);
  const ack = await b.say({ type: 'lobby.ready', ready: true });
  expect(ack).toEqual({ ok: true, v: b.view().v });
  expect(b.view()).toMatchObject({
    v: expect.any(Number),
    phase: 'lobby',
    you: 'partnerB',
    seats: [
      { seat: 'partnerA', name: 'Sam', admitted: true },
      { seat: 'partnerB', name: 'Alex', ready: true },
    ],
    exercise: null,
    moment: null,
    floor: { status: 'open', holder: null, turn: null },
    turns: [],
    may: expect.arrayContaining(['lobby.ready', 'consent.save']),
  });
  expect(a.view().seats).toEqual([
    { seat: 'partnerA', name: 'Sam', admitted: true, ready: false },
    { seat: 'partnerB', name: 'Alex', admitted: true },
  ]);
});

test('W23 every command of a partner does what it says', async () => {
  const both = await couple(server.origin);
  const { a, b } = both;
  expect(await a.say({ type: 'nonsense' })).toEqual(refused('unknown-command'));
  expect(await a.say({ type: 'moderate.hold' })).toEqual(refused('not-allowed'));
  expect(await a.say({ type: 'lobby.ready', ready: false })).toEqual(refused('not-now'));
  expect(await a.say({ type: 'exercise.start', exercise: 'no-such', first: 'partnerA' })).toEqual(
    refused('bad-input'),
  );
  expect(await a.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerB' })).toEqual(done);
  const opening = await b.sees((view) => view.moment !== null, 'the opening');
  expect(opening.moment).toMatchObject({
    kind: 'confirm',
    holder: null,
    waitingFor: ['partnerB', 'partnerA'],
  });
  const moment = opening.moment?.id;
  expect(await b.say({ type: 'moment.answer', choice: 'perhaps' })).toEqual(refused('bad-input'));
  expect(await b.say({ type: 'moment.answer', choice: 'yes', moment: 'x' })).toEqual(refused('moment-over'));
  expect(await b.say({ type: 'moment.answer', choice: 'yes', moment })).toEqual(done);
  expect(a.view().moment?.waitingFor).toEqual(['partnerB', 'partnerA']);
  expect(await a.say({ type: 'moment.answer', choice: 'yes', moment })).toEqual(done);
  const held = await b.sees((view) => view.floor.status === 'held', 'the own turn');
  expect(held.floor).toMatchObject({ holder: 'partnerB', turn: expect.stringMatching(/^[a-z0-9-]+$/) });
  expect(await b.say({ type: 'turn.ask', ask: true })).toEqual(refused('not-now'));
  expect(await a.say({ type: 'turn.ask', ask: true })).toEqual(done);
  await b.sees((view) => view.hands.includes('partnerA'), 'the hand');
  expect(await a.say({ type: 'signal', kind: 'slower' })).toEqual(done);
  await until(() => b.notices.length === 1, 'the signal');
  expect([a.notices, b.notices]).toEqual([[], [{ type: 'signal', from: 'partnerA', kind: 'slower' }]]);
  expect(await a.done()).toEqual(refused('not-now'));
  b.write('mine');
  await until(
    () => b.saved.some(({ clientId, clock }) => clientId === b.doc.clientID && clock === 4),
    'saved',
  );
  expect(await b.say({ type: 'turn.here', clientId: 12345 })).toEqual(done);
  expect(b.view().floor.pen).toBe(12345);
  expect(await b.say({ type: 'turn.done', stateVector: 'AA==', turn: 't99' })).toEqual(refused('turn-over'));
  expect(await b.say({ type: 'pause.start', minutes: 20 })).toEqual(done);
  const paused = await a.sees((view) => view.phase === 'paused', 'the pause');
  expect([paused.floor.status, paused.may.includes('pause.end')]).toEqual(['paused', true]);
  expect(await a.say({ type: 'pause.end' })).toEqual(done);
  expect(b.view().phase).toBe('paused');
  expect(await b.say({ type: 'pause.end' })).toEqual(done);
  const back = await b.sees((view) => view.phase === 'live', 'the end of the pause');
  expect(back.floor).toMatchObject({ status: 'held', turn: held.floor.turn });
  expect(await b.done()).toEqual(done);
  expect(await b.done()).toEqual(refused('not-now'));
});

test('W23 not now at the opening ends the exercise', async () => {
  const { a, b } = await couple(server.origin);
  await a.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
  const opening = await b.sees((view) => view.moment !== null, 'the opening');
  const no = opening.moment?.choices.find(({ id: choice }) => choice !== 'yes')?.id;
  expect(await b.say({ type: 'moment.answer', choice: no })).toEqual(done);
  expect(await a.say({ type: 'moment.answer', choice: 'yes' })).toEqual(done);
  await b.sees((view) => view.exercise === null, 'the end');
});

test('W24 a counsellor lets in, holds, gives, speaks, skips and prompts', async () => {
  const { a, b, c } = await three(server.origin);
  await begin({ a, b, sessionId: a.sessionId });
  expect(await c.say({ type: 'lobby.admit', seat: 'partnerA' })).toEqual(refused('not-now'));
  expect(await c.say({ type: 'moderate.hold' })).toEqual(done);
  await a.sees((view) => view.floor.status === 'frozen', 'the hold');
  expect(await c.say({ type: 'moderate.resume' })).toEqual(done);
  await a.sees((view) => view.floor.status === 'held' && view.floor.turn === 't1', 'the own turn again');
  a.write('before ');
  await until(() => c.text('t1').toString() === 'before ', 'words');
  expect(await c.say({ type: 'moderate.speak' })).toEqual(done);
  await c.sees((view) => view.floor.holder === 'counsellor', 'the word');
  c.write('One moment.');
  await until(() => b.text(c.view().floor.turn ?? '').toString() === 'One moment.', 'the counsellor’s words');
  expect(await c.say({ type: 'moderate.resume' })).toEqual(done);
  await a.sees((view) => view.floor.turn === 't1' && view.floor.status === 'held', 'the own turn again');
  expect(await c.say({ type: 'moderate.give', seat: 'partnerB' })).toEqual(done);
  await b.sees((view) => view.floor.holder === 'partnerB' && view.floor.status === 'held', 'the floor');
  expect(b.text('t1').toString()).toBe('before ');
  const before = b.view().moment?.id;
  expect(await c.say({ type: 'moderate.skip' })).toEqual(done);
  await b.sees((view) => view.moment?.id !== before && view.floor.status !== 'closing', 'the next moment');
  expect(await c.say({ type: 'moderate.prompt', text: 'To both.' })).toEqual(done);
  await a.sees((view) => view.lines.some(({ text }) => text === 'To both.'), 'the line');
  const seen = [a.view().v, b.views.length];
  expect(await c.say({ type: 'moderate.prompt', text: 'To Sam alone.', to: 'partnerA' })).toEqual(done);
  await until(() => a.notices.length === 1, 'the line to one');
  expect(a.notices).toEqual([{ type: 'line', from: 'counsellor', text: 'To Sam alone.' }]);
  expect([a.view().v, b.views.length, b.notices]).toEqual([...seen, []]);
  for (const type of ['consent.save', 'turn.ask', 'signal', 'pause.end', 'lobby.ready']) {
    expect(await c.say({ type, keep: true })).toMatchObject({ ok: false });
  }
});

test('W25 sent twice, at once and after a restart, a command has its effect once and the same ack', async () => {
  const { a, b, c } = await three(server.origin);
  await begin({ a, b, sessionId: a.sessionId });
  const ask = { type: 'turn.ask', ask: true, id: id() };
  const [first, second] = await Promise.all([b.say(ask), b.say(ask)]);
  expect(second).toEqual(first);
  const signal = { type: 'signal', kind: 'with-you', id: id() };
  expect(await b.say(signal)).toEqual(await b.say(signal));
  await until(() => a.notices.length > 0, 'the signal');
  const prompt = { type: 'moderate.prompt', text: 'Once.', id: id() };
  const line = await c.say(prompt);
  a.write('words');
  await until(() => b.text('t1').length === 5, 'words');
  const give = { type: 'moderate.give', seat: 'partnerB', id: id() };
  const given = await c.say(give);
  await server.restart();
  await until(
    () => [a, b, c].every((one) => one.socket.connected && one.provider.synced),
    'everybody is back',
  );
  expect(await b.say(ask)).toEqual(first);
  expect(await c.say(prompt)).toEqual(line);
  expect(await c.say(give)).toEqual(given);
  expect(a.notices).toHaveLength(1);
  expect(c.view().lines).toHaveLength(1);
  expect(c.view().turns.filter(({ seat }) => seat === 'partnerB')).toHaveLength(1);
});
