/** The web client's document channel against a small server of stock y-protocols, over real sockets. */

import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import { writePermissionDenied } from 'y-protocols/auth';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import {
  createDocumentClient,
  type DocumentClient,
  type DocumentClientOptions,
  type Refusal,
} from '../../apps/web/src/session/document-client.ts';
import { createDrafts, type Drafts } from '../../apps/web/src/session/drafts.ts';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
export const QUERY_AWARENESS = 3;
const STEP_1 = 0;

export const turn = 't-1';
export const until = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

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

export let server: Server;
export let drafts: Drafts;
export let refusals: Refusal[];
export let clients: DocumentClient[];

export function connect(options: Partial<DocumentClientOptions> = {}): DocumentClient {
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

export async function live(options: Partial<DocumentClientOptions> = {}): Promise<DocumentClient> {
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
