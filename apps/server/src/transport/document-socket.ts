import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE, DOCUMENT_PATH } from '@mend/protocol';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../log.ts';
import type { Admissions, Admitted } from '../seats/admissions.ts';
import type { Clock } from '../session/clock.ts';
import { cookieToken } from './credential.ts';
import { createDocumentConnections, type DocumentWire } from './document-connection.ts';
import { framed } from './framed.ts';

export interface DocumentDeps {
  readonly admissions: Admissions;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: boolean;
}

/** An update may have 512 KiB; beyond this `ws` itself closes with 1009. */
const LARGEST_FRAME = 600 * 1024;
const PING_MS = 10_000;
const LINGER_MS = 1_000;

/** The document's channel: stock y-websocket clients, every frame through one door. */
export function createDocumentSocket(deps: DocumentDeps) {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  const connections = createDocumentConnections(deps);
  const open = new Set<WebSocket>();

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const admitted = await admit(request, deps);
    if (socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (ws) => {
      // `ws` says by itself what was wrong (1009 for a frame beyond the limit), but would wait long for an answer.
      ws.on('error', () => closeSoon(ws, CLOSE['too-large'], 'too-large', deps.clock));
      open.add(ws);
      ws.on('close', () => open.delete(ws));
      const connection = connections.open(wireOf(ws, socket, deps.clock), admitted);
      if (!connection) return;
      ws.on('message', (data, isBinary) => connection.received(isBinary ? bytesOf(data) : null));
      ws.on('close', () => connection.gone());
      keepAlive(ws, deps.clock);
    });
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

/** `socket` is what `ws` writes to, each message at once: nothing is compressed, so both may write to it. */
function wireOf(ws: WebSocket, socket: Duplex, clock: Clock): DocumentWire {
  return {
    get isOpen() {
      return ws.readyState === ws.OPEN;
    },
    send: (frame) => void socket.write(framed(frame)),
    buffered: () => ws.bufferedAmount,
    close: (code, reason) => closeSoon(ws, code, reason, clock),
  };
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

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
