/**
 * Who is let in, on all three channels.
 *
 * W10 A page of another site is refused with 403 before anything else: HTTP, Socket.IO by polling and by WebSocket,
 *     and the document's upgrade.
 * W11 A token that is unknown, of another session, or for a session that does not exist is answered alike.
 * W12 A cookie opens what the token opens.
 * W13 A seat that has too many connections loses the oldest ones, never the newest.
 */
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { connect, couple, createSession, type Joined, join, post, until } from '../support/person.ts';
import { rawDocument } from '../support/raw-document.ts';
import { type ServerHere, serverHere } from '../support/server-here.ts';

let server: ServerHere;
let sam: Joined;
let other: Joined;

beforeAll(async () => {
  server = await serverHere();
  const first = await createSession(server.origin);
  sam = await join(server.origin, first.invites.partnerA ?? '', 'Sam');
  const second = await createSession(server.origin);
  other = await join(server.origin, second.invites.partnerA ?? '', 'Other');
});
afterAll(() => server.close());

const otherEnd = (text: string): string => text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a');
const evil = { origin: 'https://evil.example' };
const transcript = (id: string, token: string, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/api/sessions/${id}/transcript`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

/** The status that an upgrade is refused with; 101 where it is not. */
const upgradeStatus = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const ws = new WebSocket(server.origin.replace('http', 'ws') + path, { headers });
    ws.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      ws.terminate();
    });
    ws.on('open', () => {
      resolve(101);
      ws.terminate();
    });
    ws.on('error', reject);
  });

const connectError = (auth: object, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve) => {
    const socket = io(server.origin, {
      auth,
      extraHeaders: headers,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    socket.on('connect_error', (error) => {
      resolve(error.message);
      socket.close();
    });
    socket.on('view', () => {
      resolve('a view');
      socket.close();
    });
  });

test.each([
  ['/api/exercises'],
  ['/healthz'],
  ['/'],
  ['/nowhere'],
  ['/api/sessions/x/transcript'],
  ['/socket.io/?EIO=4&transport=polling'],
  ['/socket.io/?EIO=4&transport=polling&sid=unknown'],
  ['/socket.io/?EIO=3&transport=carrier-pigeon'],
])('W10 a foreign page gets 403 for GET %s', async (path) => {
  const response = await fetch(server.origin + path, { headers: evil });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: 'foreign-origin', status: 403 });
});

test('W10 a foreign page gets 403 for a POST, and nothing is made', async () => {
  const response = await post(server.origin, '/api/sessions', {}, evil);
  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});

test.each([['null'], ['https://evil.example'], ['http://127.0.0.1']])(
  'W10 every upgrade with the Origin %s gets 403, whatever else is wrong with it',
  async (origin) => {
    for (const path of [
      `/sync/${sam.sessionId}?token=${sam.token}`,
      '/sync/nowhere',
      '/socket.io/?EIO=4&transport=websocket',
      '/socket.io/?EIO=4&transport=websocket&sid=unknown',
      '/elsewhere',
    ]) {
      expect([path, await upgradeStatus(path, { origin })]).toEqual([path, 403]);
    }
  },
);

test('W10 the own page is let in', async () => {
  const headers = { origin: server.origin };
  expect((await post(server.origin, '/api/sessions', {}, headers)).status).toBe(201);
  expect(await upgradeStatus(`/sync/${sam.sessionId}?token=${sam.token}`, headers)).toBe(101);
  expect(await upgradeStatus('/socket.io/?EIO=4&transport=websocket', headers)).toBe(101);
});

test('W11 no token, a foreign one and none of ours are all the same 401, also for no session', async () => {
  const bodies = new Set<string>();
  const nowhere = otherEnd(sam.sessionId);
  for (const [id, token] of [
    [sam.sessionId, otherEnd(sam.token)],
    [sam.sessionId, other.token],
    [sam.sessionId, ''],
    [sam.sessionId, 'x'.repeat(60)],
    [nowhere, sam.token],
    [nowhere, sam.token.replace(sam.sessionId, nowhere)],
    ['..%2f..', sam.token],
  ] as const) {
    const response = await transcript(id, token);
    expect(response.status).toBe(401);
    bodies.add(await response.text());
  }
  expect(bodies.size).toBe(1);
});

test('W11 the document closes with 4401 for each of them, and the reason is one', async () => {
  const reasons = new Set<string>();
  const nowhere = otherEnd(sam.sessionId);
  for (const [token, sessionId] of [
    ['', sam.sessionId],
    [other.token, sam.sessionId],
    [otherEnd(sam.token), sam.sessionId],
    [sam.token, nowhere],
    [sam.token.replace(sam.sessionId, nowhere), nowhere],
    [sam.token, ''],
    [sam.token, `${sam.sessionId}/x`],
  ] as const) {
    const raw = await rawDocument(server.origin, { sessionId, token });
    const { code, reason } = await raw.whenClosed;
    expect(code).toBe(4401);
    expect(raw.frames.map((frame) => frame[0])).toEqual([2]);
    reasons.add(reason);
  }
  expect(reasons.size).toBe(1);
});

test.each([
  [{}],
  [{ token: '' }],
  [{ token: 7 }],
  [{ token: { length: 3 } }],
  [{ token: 'k'.repeat(59) }],
  [{ token: ['x'] }],
  [{ session: 'x' }],
])('W11 the command channel says unauthorized for %j', async (auth) => {
  expect(await connectError(auth)).toBe('unauthorized');
});

test('W12 a cookie opens the transcript, the document and the command channel of its session alone', async () => {
  const headers = { cookie: `a=b; mend-seat-${sam.sessionId}=${sam.token}`, origin: server.origin };
  const response = await fetch(`${server.origin}/api/sessions/${sam.sessionId}/transcript`, { headers });
  expect(response.status).toBe(200);
  expect(await upgradeStatus(`/sync/${sam.sessionId}`, headers)).toBe(101);
  expect(await connectError({ session: sam.sessionId }, headers)).toBe('a view');
  expect(await connectError({ session: other.sessionId }, headers)).toBe('unauthorized');
  const foreign = await fetch(`${server.origin}/api/sessions/${other.sessionId}/transcript`, { headers });
  expect(foreign.status).toBe(401);
  // A program that sends a cookie without naming its page is not a browser of ours.
  const silent = await rawDocument(
    server.origin,
    { sessionId: sam.sessionId, token: '' },
    { headers: { cookie: headers.cookie } },
  );
  expect((await silent.whenClosed).code).toBe(4401);
});

test('W12 joining sets a cookie that scripts cannot read', async () => {
  const { invites } = await createSession(server.origin);
  const response = await post(server.origin, '/api/join', { invite: invites.partnerA, name: 'Sam' });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Strict');
});

test('W13 the seventh connection of a seat gets in, and the first one goes', async () => {
  const limited = await serverHere({ limits: true });
  try {
    const { a } = await couple(limited.origin);
    const own = [];
    for (let i = 0; i < 6; i++) own.push(await rawDocument(limited.origin, a));
    // The person's own client was the oldest, with the first of the raw ones behind it.
    await until(() => a.closed.length === 1, 'the oldest goes');
    expect(a.closed[0]?.code).toBe(4429);
    const seventh = await rawDocument(limited.origin, a);
    expect((await own[0]?.whenClosed)?.code).toBe(4429);
    await until(() => seventh.frames.length > 0, 'the newest is served');
    expect(own.slice(1).map((raw) => raw.closed())).toEqual([null, null, null, null, null]);
  } finally {
    await limited.close();
  }
});

test('W13 a stock client gets both channels with its token alone', async () => {
  const person = await connect(server.origin, sam);
  expect(person.view()).toMatchObject({ you: 'partnerA', phase: 'lobby' });
  person.leave();
});
