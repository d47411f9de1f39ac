import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE, closeReason, DOCUMENT_PATH } from '@mend/protocol';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';
import type { Admissions, Admitted } from '../seats/admissions.ts';
import type { Clock } from '../session/clock.ts';
import { deniedFrame, readFrame } from '../session/frames.ts';
import type { DocumentPeer } from '../session/peers.ts';
import { type Bucket, createBucket, unlimited } from './bucket.ts';
import { cookieToken } from './credential.ts';

export interface DocumentDeps {
  readonly admissions: Admissions;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: boolean;
}

/** An update may have 512 KiB; beyond this `ws` itself closes with 1009. */
const LARGEST_FRAME = 600 * 1024;
/** What may wait in a socket whose reader does not read, in bytes. */
const MOST_BUFFERED = 1024 * 1024;
const PING_MS = 10_000;
const LINGER_MS = 1_000;
/** How many documents one seat may have open at once. */
const MOST_SOCKETS = 6;

/** The document's channel: stock y-websocket clients, every frame through one door. */
export function createDocumentSocket(deps: DocumentDeps) {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  const open = new Set<WebSocket>();
  const perSeat = new Map<string, Set<WebSocket>>();

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admitted = await admit(request, deps);
    if (socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (ws) => {
      // `ws` says by itself what was wrong (1009 for a frame beyond the limit), but would wait long for an answer.
      ws.on('error', () => closeSoon(ws, CLOSE['too-large'], 'too-large', deps.clock));
      open.add(ws);
      ws.on('close', () => open.delete(ws));
      if (!admitted) deny(ws, CLOSE['no-such-seat'], 'no-such-seat', 'There is no such seat.', deps);
      // Lost while we shook hands, or not to be read: the seat is there all the same, so they may come back.
      else if (admitted === 'unavailable' || admitted.actor.over) {
        closeSoon(ws, CLOSE['come-back'], 'cannot-read', deps.clock);
      } else serve(ws, admitted);
    });
  }

  function serve(ws: WebSocket, { actor, seat }: Admitted): void {
    const key = `${actor.id} ${seat}`;
    const own = perSeat.get(key) ?? new Set();
    const [oldest] = own;
    // On a bad network the older ones are mostly dead already, and the newest is where the person is.
    if (deps.limits && oldest && own.size >= MOST_SOCKETS) {
      own.delete(oldest);
      deny(oldest, CLOSE['too-fast'], 'too-fast', 'Too many connections.', deps);
    }
    perSeat.set(key, own.add(ws));
    const peer = peerOf(ws, seat, deps);
    const door = createDoor(deps);
    ws.on('message', (data, isBinary) => {
      // What comes after a refusal is ignored.
      if (ws.readyState !== ws.OPEN || actor.over) return;
      try {
        receive(data, isBinary);
      } catch (cause) {
        deps.log.error('a frame failed', cause, { session: actor.id });
        actor.detachDocument(peer);
        ws.close(CLOSE['come-back'], 'fault');
      }
    });
    ws.on('close', () => {
      own.delete(ws);
      if (own.size === 0 && perSeat.get(key) === own) perSeat.delete(key);
      actor.detachDocument(peer);
    });
    keepAlive(ws, deps.clock);
    actor.attachDocument(peer);

    function receive(data: RawData, isBinary: boolean): void {
      const bytes = bytesOf(data);
      const frame = isBinary ? readFrame(bytes) : null;
      if (!frame) {
        turnAway(CLOSE['not-protocol'], 'not-protocol', 'This is not the protocol.');
        return;
      }
      if (!door.bytes.take(bytes.length) || !door.of[frame.is].take()) {
        turnAway(CLOSE['too-fast'], 'too-fast', 'That was a lot at once.');
        return;
      }
      switch (frame.is) {
        case 'step1':
          actor.step1(peer, frame.vector);
          return;
        case 'update':
          if (actor.update(peer, frame.update) === 'resync' && !door.resync.take()) {
            turnAway(CLOSE['too-fast'], 'too-fast', 'That was a lot at once.');
          }
          return;
        case 'awareness':
          // Stock clients echo what they hear, so one person's noise must not cost another the connection.
          if (door.heard.take()) actor.awareness(peer, frame.entries);
          return;
        case 'query-awareness':
          actor.queryAwareness(peer);
          return;
      }
    }

    function turnAway(closeCode: number, code: string, sentence: string): void {
      actor.detachDocument(peer);
      peer.deny(closeCode, code, sentence);
    }
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      upgrade(request, socket, head).catch((cause: unknown) => {
        deps.log.error('an upgrade failed', cause);
        socket.destroy();
      });
    },
    close(): void {
      for (const ws of open) closeSoon(ws, CLOSE['come-back'], 'going-down', deps.clock);
      server.close();
    },
  };
}

async function admit(request: IncomingMessage, deps: DocumentDeps): Promise<Admitted | 'unavailable' | null> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const id = url.pathname.slice(DOCUMENT_PATH.length);
  const inUrl = url.searchParams.get('token');
  // A browser names its page in every upgrade; a cookie without a page is not ours.
  const inCookie = request.headers.origin === undefined ? null : cookieToken(request, id);
  const admitted = await deps.admissions.admit(inUrl ?? inCookie ?? '', id);
  if (admitted.ok) return admitted.value;
  return admitted.error === 'cannot-write' ? 'unavailable' : null;
}

function peerOf(ws: WebSocket, seat: DocumentPeer['seat'], deps: DocumentDeps): DocumentPeer {
  return {
    seat,
    send(frame) {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > MOST_BUFFERED) closeSoon(ws, CLOSE['come-back'], 'read too slowly', deps.clock);
      else ws.send(frame);
    },
    deny: (closeCode, code, sentence) => deny(ws, closeCode, code, sentence, deps),
    close: (closeCode, reason) => closeSoon(ws, closeCode, reason, deps.clock),
  };
}

function deny(ws: WebSocket, closeCode: number, code: string, sentence: string, deps: DocumentDeps): void {
  const reason = closeReason(code, sentence);
  deps.log.info('a document connection was refused', { code });
  if (ws.readyState === ws.OPEN) ws.send(deniedFrame(reason));
  closeSoon(ws, closeCode, reason, deps.clock);
}

/** A peer that does not read does not answer a close either. */
function closeSoon(ws: WebSocket, closeCode: number, reason: string, clock: Clock): void {
  if (ws.readyState === ws.CLOSED) return;
  if (ws.readyState === ws.OPEN) ws.close(closeCode, reason);
  const callOff = clock.after(LINGER_MS, () => ws.terminate());
  ws.once('close', callOff);
}

/** A socket that gives no sign of life for twenty seconds is gone. */
function keepAlive(ws: WebSocket, clock: Clock): void {
  let isAlive = true;
  let callOff = clock.after(PING_MS, look);
  const heard = () => {
    isAlive = true;
  };
  ws.on('pong', heard);
  ws.on('message', heard);
  ws.on('close', () => callOff());

  function look(): void {
    if (!isAlive) {
      ws.terminate();
      return;
    }
    isAlive = false;
    ws.ping();
    callOff = clock.after(PING_MS, look);
  }
}

/** How much of each kind of frame one connection may send. A typist sends about ten updates a second. */
function createDoor({ limits, clock }: DocumentDeps) {
  const bucket = (size: number, perSecond: number): Bucket =>
    limits ? createBucket(size, perSecond, clock.now) : unlimited;
  return {
    // A valid update of many splits costs Yjs far more time than bytes, so bytes are held tight.
    bytes: bucket(1_500_000, 64_000),
    resync: bucket(20, 2),
    heard: bucket(60, 5),
    of: {
      step1: bucket(40, 4),
      update: bucket(600, 120),
      awareness: bucket(2_000, 200),
      'query-awareness': bucket(30, 2),
    },
  };
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
