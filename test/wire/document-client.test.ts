/** The web client's document channel against a small server of stock y-protocols, over real sockets. */

import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import { writePermissionDenied } from 'y-protocols/auth';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import {
  createDocumentClient,
  type DocumentClient,
  type DocumentClientOptions,
  type DocumentView,
  type Refusal,
} from '../../apps/web/src/session/document-client.ts';
import { createDrafts, type Drafts } from '../../apps/web/src/session/drafts.ts';
import { createListeners } from '../../apps/web/src/session/listeners.ts';
import type { PageSignals } from '../../apps/web/src/session/page-signals.ts';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;

const turn = 't-1';
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 5 });

interface Server {
  readonly url: string;
  readonly doc: Y.Doc;
  readonly sockets: Set<Socket>;
  /** The paths of all connections so far. */
  readonly paths: string[];
  /** Message types that came in, of all connections. */
  readonly received: number[];
  /** Answers an update that changes something with this instead of applying it. */
  refuse: { readonly code: number; readonly reason: string } | null;
  /** Takes everything and says nothing, like a socket whose other end is gone. */
  deaf: boolean;
  text(): string;
  write(words: string): void;
  /** Shows an awareness entry to everybody. */
  show(clientId: number, clock: number, state: unknown): void;
  closeAll(code: number): void;
  stop(): Promise<void>;
}

async function startServer(): Promise<Server> {
  const wss = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(wss, 'listening');
  const address = wss.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const doc = new Y.Doc();
  const text = doc.getText(`turn:${turn}`);
  const sockets = new Set<Socket>();

  const frame = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
  const changesSomething = (update: Uint8Array): boolean => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateAsUpdate(copy);
    Y.applyUpdate(copy, update);
    return Buffer.compare(before, Y.encodeStateAsUpdate(copy)) !== 0;
  };

  const server: Server = {
    url: `ws://127.0.0.1:${address.port}/sync`,
    doc,
    sockets,
    paths: [],
    received: [],
    refuse: null,
    deaf: false,
    text: () => text.toString(),
    write: (words) => text.insert(text.length, words),
    show(clientId, clock, state) {
      const entry = encoding.createEncoder();
      encoding.writeVarUint(entry, 1);
      encoding.writeVarUint(entry, clientId);
      encoding.writeVarUint(entry, clock);
      encoding.writeVarString(entry, JSON.stringify(state));
      for (const socket of sockets) {
        socket.send(
          frame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(entry))),
        );
      }
    },
    closeAll(code) {
      for (const socket of sockets) socket.close(code);
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      wss.close();
      await once(wss, 'close');
    },
  };

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    for (const socket of sockets) {
      if (socket !== origin) socket.send(frame(SYNC, (encoder) => writeUpdate(encoder, update)));
    }
  });

  wss.on('connection', (socket, request) => {
    sockets.add(socket);
    server.paths.push(request.url ?? '');
    let refused = false;
    socket.on('close', () => sockets.delete(socket));
    if (!server.deaf) socket.send(frame(SYNC, (encoder) => writeSyncStep1(encoder, doc)));
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) throw new Error('not a buffer');
      const bytes = new Uint8Array(data);
      const decoder = decoding.createDecoder(bytes);
      const type = decoding.readVarUint(decoder);
      server.received.push(type);
      if (server.deaf || refused) return;
      if (type === QUERY_AWARENESS) {
        socket.send(frame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([0]))));
      }
      if (type !== SYNC) return;
      const ahead = decoding.clone(decoder);
      const step = decoding.readVarUint(ahead);
      const { refuse } = server;
      if (refuse && step !== STEP_1 && changesSomething(decoding.readVarUint8Array(ahead))) {
        refused = true;
        socket.send(frame(AUTH, (encoder) => writePermissionDenied(encoder, refuse.reason)));
        socket.close(refuse.code);
        return;
      }
      const reply = frame(SYNC, (encoder) => readSyncMessage(decoder, encoder, doc, socket));
      if (reply.length > 1) socket.send(reply);
    });
  });
  return server;
}

let server: Server;
let drafts: Drafts;
let refusals: Refusal[];
let clients: DocumentClient[];

function connect(options: Partial<DocumentClientOptions> = {}): DocumentClient {
  const client = createDocumentClient({
    serverUrl: server.url,
    sessionId: 'session',
    token: 'secret',
    drafts,
    onRefused: (refusal) => refusals.push(refusal),
    ...options,
  });
  clients.push(client);
  return client;
}

async function live(options: Partial<DocumentClientOptions> = {}): Promise<DocumentClient> {
  const client = connect(options);
  await until(() => expect(client.view().status).toBe('live'));
  return client;
}

beforeEach(async () => {
  server = await startServer();
  drafts = createDrafts({ storage: null, session: 'session' });
  refusals = [];
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await server.stop();
});

describe('in the ordinary way', () => {
  it('connects with its token, syncs, and writes', async () => {
    server.write('before ');
    const client = connect();
    expect(client.view()).toMatchObject({ status: 'connecting', synced: false, saved: true });
    await until(() => expect(client.view()).toMatchObject({ status: 'live', synced: true }));
    expect(server.paths).toEqual(['/sync/session?token=secret']);
    expect(client.textOf(turn).toString()).toBe('before ');
    client.textOf(turn).insert(7, 'after');
    await until(() => expect(server.text()).toBe('before after'));
    expect(Y.decodeStateVector(Buffer.from(client.stateVector(), 'base64')).get(client.view().clientId)).toBe(
      5,
    );
  });

  it('sends no token where a cookie speaks for the seat', async () => {
    const client = createDocumentClient({ serverUrl: server.url, sessionId: 'session', drafts });
    clients.push(client);
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths).toEqual(['/sync/session']);
  });

  it('tells its listeners of changes alone', async () => {
    const client = await live();
    const told = vi.fn();
    const stop = client.subscribe(told);
    const view = client.view();
    client.saved(1, 1);
    expect([client.view() === view, told.mock.calls.length]).toEqual([true, 0]);
    client.textOf(turn).insert(0, 'a');
    expect(told).toHaveBeenCalledTimes(1);
    client.textOf(turn).insert(0, 'b');
    expect(told).toHaveBeenCalledTimes(1);
    stop();
  });

  it('shows the seats that the server says are there, also after a reconnect with the same entries', async () => {
    const client = await live();
    const alex = { user: { seat: 'partnerB', name: 'Alex' } };
    server.show(7, 3, { ...alex, more: true });
    server.show(8, 3, alex);
    server.show(9, 3, { user: { seat: 'stranger', name: 'X' } });
    server.show(10, 3, { user: { seat: 'partnerA' } });
    await until(() => expect(client.view().present).toEqual([{ seat: 'partnerB', name: 'Alex' }]));
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    expect(client.view().present).toHaveLength(1);
    await until(() => expect(server.paths).toHaveLength(2));
    await until(() => expect(client.view().status).toBe('live'));
    server.show(7, 3, alex);
    await until(() => expect(client.view().present).toEqual([{ seat: 'partnerB', name: 'Alex' }]));
  });
});

describe('saved', () => {
  it('follows the control channel for words', async () => {
    const client = await live();
    client.textOf(turn).insert(0, 'abc');
    expect([client.isSaved(), client.view().saved]).toEqual([false, false]);
    expect(client.unsavedWords()).toEqual([{ turn, words: 'abc', whole: 'abc' }]);
    client.saved(client.view().clientId + 1, 3);
    client.saved(client.view().clientId, 2);
    expect(client.unsavedWords()).toEqual([{ turn, words: 'c', whole: 'abc' }]);
    client.saved(client.view().clientId, 3);
    expect([client.isSaved(), client.view().saved, client.unsavedWords()]).toEqual([true, true, []]);
  });

  it('is asked for on the document’s own connection where the control channel says nothing', async () => {
    const client = await live({ confirmAfter: 20 });
    client.textOf(turn).insert(0, 'abc');
    client.textOf(turn).delete(1, 1);
    await until(() => expect(client.view().saved).toBe(true));
    expect(server.text()).toBe('ac');
  });

  it('does not cover a deletion that is still under way, and can be waited for', async () => {
    const client = await live({ confirmAfter: 60_000 });
    client.textOf(turn).insert(0, 'abc');
    client.textOf(turn).delete(0, 1);
    client.saved(client.view().clientId, 3);
    expect(client.isSaved()).toBe(false);
    expect(await client.whenSaved(5_000)).toBe(true);
    expect(server.text()).toBe('bc');
  });

  it('is not waited for longer than one likes', async () => {
    const client = await live({ confirmAfter: 60_000 });
    server.deaf = true;
    client.textOf(turn).insert(0, 'abc');
    expect(await client.whenSaved(20)).toBe(false);
    expect(await client.refresh(20)).toBe(false);
  });

  it('comes after a reconnect for what was written and deleted offline', async () => {
    server.write('before');
    const client = await live({ confirmAfter: 20 });
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).delete(0, 6);
    client.textOf(turn).insert(0, 'offline');
    expect(client.view()).toMatchObject({ saved: false, synced: true });
    await until(() => expect(client.view()).toMatchObject({ status: 'live', saved: true }));
    expect(server.text()).toBe('offline');
  });

  it('sees what the server had, after refresh', async () => {
    const client = await live();
    server.write('later');
    expect(await client.refresh(5_000)).toBe(true);
    expect(client.textOf(turn).toString()).toBe('later');
  });
});

describe('after a refusal', () => {
  it('keeps the words as a draft, begins anew, and can write them in a later turn', async () => {
    server.write('said ');
    const client = await live();
    const first = client.view();
    client.textOf(turn).insert(5, 'kept ');
    await until(() => expect(server.text()).toBe('said kept '));
    client.saved(first.clientId, 5);
    server.refuse = { code: 4403, reason: 'not-your-turn: the turn has moved on' };
    const flushed = vi.fn(() => client.textOf(turn).insert(10, 'lost words'));
    client.beforeLeaving(flushed);
    const oldDoc = client.doc();
    const views: DocumentView[] = [];
    client.subscribe(() => views.push(client.view()));
    client.textOf(turn).insert(10, 'and ');
    await until(() => expect(refusals).toHaveLength(1));

    expect(flushed).toHaveBeenCalledTimes(1);
    expect(refusals[0]).toMatchObject({ closeCode: 4403, code: 'not-your-turn' });
    expect(drafts.list()).toMatchObject([
      { turn, words: 'lost wordsand ', whole: 'said kept lost wordsand ' },
    ]);
    expect(client.doc()).not.toBe(oldDoc);
    expect(views.find(({ generation }) => generation === 1)).toMatchObject({
      synced: false,
      status: 'refused',
    });
    expect(client.view().clientId).not.toBe(first.clientId);

    server.refuse = null;
    await until(() => expect(client.view()).toMatchObject({ status: 'live', synced: true, saved: true }));
    expect(client.textOf(turn).toString()).toBe('said kept ');
    const [draft] = drafts.list();
    client.textOf('t-2').insert(0, draft?.words ?? '');
    await until(() => expect(server.doc.getText('turn:t-2').toString()).toBe('lost wordsand '));
  });

  it('corrects the draft by what the server turns out to have', async () => {
    const client = await live();
    // Accepted, but nobody said so.
    client.textOf(turn).insert(0, 'accepted ');
    await until(() => expect(server.text()).toBe('accepted '));
    server.refuse = { code: 4403, reason: 'not-your-turn: the turn has moved on' };
    client.textOf(turn).insert(9, 'refused');
    await until(() => expect(refusals).toHaveLength(1));
    expect(refusals[0]?.drafts[0]?.words).toBe('accepted refused');
    await until(() => expect(client.view().status).toBe('live'));
    expect(drafts.list()).toMatchObject([{ words: 'refused', whole: 'accepted refused' }]);
  });

  it('leaves no draft where the server has every word', async () => {
    const client = await live();
    client.textOf(turn).insert(0, 'all of it');
    await until(() => expect(server.text()).toBe('all of it'));
    server.refuse = { code: 4403, reason: 'not-your-turn: too late' };
    client.textOf(turn).delete(0, 3);
    await until(() => expect(refusals).toHaveLength(1));
    await until(() => expect(client.view().status).toBe('live'));
    expect(drafts.list()).toEqual([]);
    expect(client.textOf(turn).toString()).toBe('all of it');
  });

  it.each([4400, 4413, 1009])('begins anew after %i too', async (code) => {
    const client = await live();
    server.refuse = { code, reason: 'too-large: too much at once' };
    client.textOf(turn).insert(0, 'words');
    await until(() => expect(refusals).toMatchObject([{ closeCode: code, code: 'too-large' }]));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 1 }));
    expect(drafts.list()).toMatchObject([{ words: 'words' }]);
  });

  it('begins anew when Yjs gives the document another clientID', async () => {
    const client = await live();
    const { clientId } = client.view();
    const twin = new Y.Doc();
    twin.clientID = clientId;
    twin.getText(`turn:${turn}`).insert(0, 'from a copy of this tab');
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(twin));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 1 }));
    expect(client.doc().clientID).toBe(client.view().clientId);
    expect(client.view().clientId).not.toBe(clientId);
    expect(refusals).toMatchObject([{ code: 'foreign-client' }]);
  });

  it('does not knock without end when it is refused again and again', async () => {
    const client = await live();
    server.refuse = { code: 4403, reason: 'not-your-turn: no' };
    for (let generation = 1; generation <= 2; generation += 1) {
      await until(() => expect(client.view().synced).toBe(true));
      client.textOf(turn).insert(0, `${generation}`);
      await until(() => expect(client.view().generation).toBe(generation));
    }
    expect(drafts.list().map(({ words }) => words)).toEqual(['1', '2']);
    expect(client.view().status).toBe('refused');
    const connections = server.paths.length;
    client.wake();
    expect(server.paths).toHaveLength(connections);
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths).toHaveLength(connections + 1);
  });
});

describe('when the connection ends', () => {
  it('comes back by itself after 4503, with the same document', async () => {
    const client = await live();
    const { clientId } = client.view();
    client.textOf(turn).insert(0, 'before ');
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).insert(7, 'meanwhile');
    await until(() => expect(server.text()).toBe('before meanwhile'));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 0, clientId }));
    expect(drafts.list()).toEqual([]);
  });

  it('comes back after 4429, later, with the same document', async () => {
    const client = await live({ slowDown: 50 });
    const { clientId } = client.view();
    server.closeAll(4429);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).insert(0, 'kept');
    await until(() => expect(server.text()).toBe('kept'));
    expect(client.view()).toMatchObject({ generation: 0, clientId });
  });

  it('stays away after 4401, and keeps what was not sent', async () => {
    const client = await live();
    server.deaf = true;
    client.textOf(turn).insert(0, 'unsent');
    server.closeAll(4401);
    await until(() => expect(client.view().status).toBe('gone'));
    expect(drafts.list()).toMatchObject([{ words: 'unsent' }]);
    expect(client.textOf(turn).toString()).toBe('unsent');
    client.wake();
    expect(server.paths).toHaveLength(1);
  });

  it('stays away after 4410, and keeps nothing', async () => {
    const client = await live();
    server.deaf = true;
    client.textOf(turn).insert(0, 'unsent');
    server.closeAll(4410);
    await until(() => expect(client.view().status).toBe('erased'));
    expect([drafts.list(), server.paths.length]).toEqual([[], 1]);
  });
});

describe('a socket that only looks open', () => {
  const times = { tick: 10, quiet: 60_000, answer: 100, open: 100, jump: 60_000 };

  it('is replaced when the page wakes and the server does not answer', async () => {
    const client = await live({ liveness: times });
    server.deaf = true;
    client.wake();
    await until(() => expect(client.view().status).toBe('reconnecting'));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths.length).toBeGreaterThan(1);
  });

  it('is left alone when the server answers', async () => {
    const client = await live({ liveness: times });
    const before = server.received.filter((type) => type === QUERY_AWARENESS).length;
    for (let round = 1; round <= 3; round += 1) {
      client.wake();
      await until(() =>
        expect(server.received.filter((type) => type === QUERY_AWARENESS)).toHaveLength(before + round),
      );
      expect(await client.refresh(5_000)).toBe(true);
    }
    expect([client.view().status, server.paths.length]).toEqual(['live', 1]);
  });

  it('is found by itself when it stays quiet', async () => {
    const client = await live({ liveness: { ...times, quiet: 30 } });
    server.deaf = true;
    await until(() => expect(client.view().status).toBe('reconnecting'));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
  });

  it('is looked for after a jump in time', async () => {
    const client = await live({ liveness: { ...times, jump: 10_000 } });
    server.deaf = true;
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 20_000);
    await until(() => expect(client.view().status).toBe('reconnecting'));
  });

  it('is replaced before its first sync, too', async () => {
    server.deaf = true;
    const client = connect({ liveness: { ...times, quiet: 30 } });
    await until(() => expect(server.paths.length).toBeGreaterThan(1));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
  });
});

describe('with a page around it', () => {
  it('says that it is offline, and comes back at once when the page wakes', async () => {
    const wake = createListeners();
    const offline = createListeners();
    let online = true;
    const page: PageSignals = {
      online: () => online,
      onWake: wake.add,
      onOffline: offline.add,
      onHide: () => () => {},
      destroy() {},
    };
    const client = await live({
      page,
      liveness: { tick: 10, quiet: 60_000, answer: 50, open: 50, jump: 60_000 },
    });
    server.deaf = true;
    online = false;
    offline.tell();
    await until(() => expect(client.view().status).toBe('offline'));
    server.deaf = false;
    online = true;
    wake.tell();
    await until(() => expect(client.view().status).toBe('live'));
  });
});
