/**
 * Two worlds. In each pair of lives Alex does the same, and Sam does something that Alex may not see, or does not:
 * everything that comes to Alex, on both channels and over HTTP, is the same.
 *
 * W70 Whether Sam is ready. W71 What Sam wishes about keeping. W72 Whether Sam has answered, and what, before Alex.
 * W73 Whether Sam is back from the pause. W74 What the counsellor says to Sam alone. W75 Whose pen it is.
 * W76 What Sam does unseen brings no mark of Alex's own words forward.
 */

import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  begin,
  type Couple,
  connect,
  couple,
  createSession,
  join,
  type Person,
  three,
  until,
} from '../support/person.ts';
import { rawDocument, step1Frame, updateFrame, wordsFor } from '../support/raw-document.ts';
import { type ServerHere, serverHere } from '../support/server-here.ts';
import { serverWithTime } from '../support/server-with-time.ts';

let server: ServerHere;
beforeAll(async () => {
  server = await serverHere();
});
afterAll(() => server.close());

type World = { readonly a: Person; readonly b: Person; readonly c?: Person };

/** Everything that Alex gets from the moment on, as text, with what must differ between any two sessions taken out. */
async function worldOf(
  make: () => Promise<World>,
  hidden: (world: World) => Promise<unknown>,
  seen: (world: World) => Promise<unknown>,
) {
  const world = await make();
  const { b } = world;
  const socket = io(server.origin, { auth: { token: b.token }, transports: ['websocket'], forceNew: true });
  const events: unknown[] = [];
  socket.onAny((...event: unknown[]) => events.push(event));
  const raw = await rawDocument(server.origin, b);
  await until(() => events.length > 0 && raw.frames.length >= 2, 'the watcher is here');
  // What came at the start shows when things happened before; from here on is what is compared.
  await hidden(world);
  await seen(world);
  await b.say({ type: 'nothing' });
  await new Promise((ack) => socket.emit('command', { type: 'nothing' }, ack));
  raw.ws.ping();
  await new Promise((pong) => raw.ws.once('pong', pong));
  const transcript = await fetch(`${server.origin}/api/sessions/${b.sessionId}/transcript`, {
    headers: { authorization: `Bearer ${b.token}` },
  });
  const text = JSON.stringify({ events, frames: raw.frames.length, transcript: await transcript.text() });
  socket.disconnect();
  raw.ws.terminate();
  for (const one of [world.a, world.b, world.c]) one?.leave();
  return text
    .replaceAll(b.sessionId, 'SESSION')
    .replace(/"(openedAt|closedAt|at|until|decideBy)":\d+/g, '"$1":0')
    .replace(/\\"(openedAt|closedAt|at|until|decideBy)\\":\d+/g, '\\"$1\\":0')
    .replace(/"words":\["[^"]*","[^"]*"\]/g, '"words":[]')
    .replace(/"(pen|clientId)":\d+/g, '"$1":0');
}

async function inLobby(): Promise<World> {
  const { invites } = await createSession(server.origin);
  return {
    a: await connect(server.origin, await join(server.origin, invites.partnerA ?? '', 'Sam')),
    b: await connect(server.origin, await join(server.origin, invites.partnerB ?? '', 'Alex')),
  };
}
async function inTurn(): Promise<World> {
  const both = await couple(server.origin);
  await begin(both);
  return both;
}
async function inOpening(): Promise<World> {
  const both: Couple = await couple(server.origin);
  await both.a.say({ type: 'exercise.start', exercise: 'take-turns', first: 'partnerA' });
  await both.b.sees((view) => view.moment !== null, 'the opening');
  return both;
}
async function inPause(): Promise<World> {
  const world = await inTurn();
  await world.b.say({ type: 'pause.start', minutes: 5 });
  await world.a.sees((view) => view.phase === 'paused', 'the pause');
  return world;
}
const says =
  (command: object) =>
  async ({ a }: World) =>
    expect(await a.say(command)).toMatchObject({ ok: true });
const nothing = async () => {};
const alex =
  (command: object) =>
  async ({ b }: World) =>
    expect(await b.say(command)).toMatchObject({ ok: true });

const pairs: readonly [
  title: string,
  make: () => Promise<World>,
  one: (w: World) => Promise<unknown>,
  other: (w: World) => Promise<unknown>,
  seen: (w: World) => Promise<unknown>,
][] = [
  ['W70 ready', inLobby, says({ type: 'lobby.ready', ready: true }), nothing, nothing],
  [
    'W70 ready, and not any more',
    inLobby,
    async (w) => {
      await says({ type: 'lobby.ready', ready: true })(w);
      await says({ type: 'lobby.ready', ready: false })(w);
    },
    nothing,
    alex({ type: 'lobby.ready', ready: true }),
  ],
  [
    'W70 the same two words',
    inLobby,
    says({ type: 'lobby.match', same: true }),
    nothing,
    alex({ type: 'lobby.match', same: true }),
  ],
  [
    'W71 keep or not',
    inTurn,
    says({ type: 'consent.save', keep: true }),
    says({ type: 'consent.save', keep: false }),
    alex({ type: 'consent.save', keep: true }),
  ],
  [
    'W71 keep, or nothing said',
    inLobby,
    says({ type: 'consent.save', keep: true }),
    nothing,
    alex({ type: 'consent.save', keep: true }),
  ],
  [
    'W72 answered first or not at all',
    inOpening,
    says({ type: 'moment.answer', choice: 'yes' }),
    nothing,
    alex({ type: 'turn.ask', ask: true }),
  ],
  [
    'W72 yes or not now',
    inOpening,
    says({ type: 'moment.answer', choice: 'yes' }),
    says({ type: 'moment.answer', choice: 'not-now' }),
    alex({ type: 'turn.ask', ask: true }),
  ],
  ['W73 back from the pause or not', inPause, says({ type: 'pause.end' }), nothing, nothing],
  [
    'W74 a line to Sam alone',
    () => three(server.origin),
    async ({ c }) => c?.say({ type: 'moderate.prompt', text: 'SECRET', to: 'partnerA' }),
    nothing,
    alex({ type: 'turn.ask', ask: true }),
  ],
  [
    'W75 the pen goes to another device',
    inTurn,
    says({ type: 'turn.here', clientId: 4_242 }),
    nothing,
    alex({ type: 'turn.ask', ask: true }),
  ],
];

test.each(pairs)('%s: the same for Alex', async (_title, make, one, other, seen) => {
  const first = await worldOf(make, one, seen);
  const second = await worldOf(make, other, seen);
  expect(second).toBe(first);
  expect(first).not.toContain('SECRET');
});

test('W75 a refused word of Sam shows nowhere', async () => {
  const tries = async ({ a }: World) => {
    const raw = await rawDocument(server.origin, a);
    raw.send(updateFrame(wordsFor('t9', 'SECRET', 90)));
    expect((await raw.whenClosed).code).toBe(4403);
  };
  const first = await worldOf(inTurn, tries, alex({ type: 'turn.ask', ask: true }));
  expect(await worldOf(inTurn, nothing, alex({ type: 'turn.ask', ask: true }))).toBe(first);
});

test('W70 what Alex may see does make a difference, so the comparison can fail', async () => {
  const first = await worldOf(inTurn, says({ type: 'pause.start' }), nothing);
  expect(await worldOf(inTurn, nothing, nothing)).not.toBe(first);
});

test('W76 what Sam does unseen brings no mark of Alex’s own words forward', async () => {
  const still = await serverWithTime();
  const both = await couple(still.origin);
  await begin(both);
  const { a: alex, b: sam } = both;
  alex.write('a');
  await until(() => alex.saved.length === 1, 'the first mark');
  alex.write('b');
  await until(() => sam.text('t1').length === 2, 'the words');
  expect(await sam.say({ type: 'consent.save', keep: false })).toMatchObject({ ok: true });
  const raw = await rawDocument(still.origin, sam);
  raw.send(step1Frame(Uint8Array.of(0)));
  await until(() => raw.frames.some((frame) => frame[0] === 0 && frame[1] === 1), 'an answer to Sam');
  raw.send(updateFrame(wordsFor('t1', 'x', 76, sam.doc)));
  await raw.whenClosed;
  expect(await alex.say({ type: 'nothing' })).toMatchObject({ ok: false });
  expect(alex.saved).toHaveLength(1);
  still.clock.advance(1_000);
  await until(() => alex.saved.length === 2, 'the mark in its own time');
  for (const one of [alex, sam]) one.leave();
  await still.close();
});
