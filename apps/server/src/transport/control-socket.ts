import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { ControlClientEvents, ControlServerEvents } from '@mend/protocol';
import { Server, type Socket } from 'socket.io';
import type { Clock } from '../session/clock.ts';
import {
  type ControlConnectionDeps,
  type ControlEntry,
  type ControlWire,
  createControlConnections,
} from './control-connection.ts';
import { cookieToken } from './credential.ts';
import type { Upgrade } from './front-door.ts';

interface SocketData {
  entry: ControlEntry;
}

type ControlServer = Server<ControlClientEvents, ControlServerEvents, Record<string, never>, SocketData>;
type ControlSocket = Socket<ControlClientEvents, ControlServerEvents, Record<string, never>, SocketData>;

const LARGEST_MESSAGE = 64 * 1024;
/** What may wait for a reader that does not read, in UTF-16 code units. */
const MOST_BUFFERED = 1024 * 1024;
const MOST_AT_ONCE = 16 * MOST_BUFFERED;
/** How long it may wait there. */
const SLOW_MS = 1_000;

export interface ControlChannel {
  readonly request: RequestListener;
  readonly upgrade: Upgrade;
  close(): Promise<void>;
}

/** The command channel: commands with acks, views, saved marks and notices over Socket.IO. */
export function createControlSocket(deps: ControlConnectionDeps): ControlChannel {
  // Socket.IO answers at once whatever its server hears; so it is given one that hears only what the front door let in.
  const inner = createServer();
  const io: ControlServer = new Server(inner, {
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 5_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  const connections = createControlConnections(deps);

  io.use((socket, next) => {
    void connections.admit(tokenOf(socket.handshake.auth, socket.request)).then(
      (entry) => {
        // A stock client takes a refusal for final, but comes back by itself when the connection is lost.
        if (entry === 'unavailable') return socket.conn.close(true);
        if (!entry) return next(new Error('unauthorized'));
        socket.data.entry = entry;
        next();
      },
      (cause: unknown) => {
        deps.log.error('a handshake failed', cause);
        socket.conn.close(true);
      },
    );
  });

  io.on('connection', (socket: ControlSocket) => {
    cutSlowReader(socket, deps.clock);
    const connection = connections.open(wireOf(socket), socket.data.entry);
    socket.on('command', connection.command);
    socket.on('disconnect', connection.gone);
  });

  return {
    request: (request, response) => void inner.emit('request', request, response),
    upgrade: (request, socket, head) => void inner.emit('upgrade', request, socket, head),
    // Without a parting word: a stock client would take that for final, and not come back to the next server.
    close: () => io.close(),
  };
}

/**
 * What is sent is kept until it is read; somebody who does not read must not fill the memory. Many views may come at
 * once, so whoever takes them a moment later is no slow reader.
 */
function cutSlowReader({ conn }: ControlSocket, clock: Clock): void {
  let waiting = 0;
  let callOff: (() => void) | null = null;
  const cut = () => {
    conn.close(true);
    conn.request.socket.destroy();
  };
  const taken = () => {
    waiting = 0;
    callOff?.();
    callOff = null;
  };
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    waiting += typeof data === 'string' ? data.length : 0;
    if (waiting > MOST_AT_ONCE) cut();
    else if (waiting > MOST_BUFFERED) callOff ??= clock.after(SLOW_MS, cut);
  });
  conn.on('drain', taken);
  conn.on('close', taken);
}

/** A key in the handshake, or the name of a session whose cookie the browser holds. */
function tokenOf(auth: unknown, request: IncomingMessage): string | null {
  if (typeof auth !== 'object' || auth === null) return null;
  if ('token' in auth && auth.token !== undefined) return typeof auth.token === 'string' ? auth.token : null;
  if (!('session' in auth) || typeof auth.session !== 'string') return null;
  return cookieToken(request, auth.session);
}

/** What a client says that it was shown already, where it says so. */
function seenOf(auth: unknown): { readonly seen?: number } {
  if (typeof auth !== 'object' || auth === null || !('seen' in auth)) return {};
  const { seen } = auth;
  return typeof seen === 'number' && Number.isSafeInteger(seen) ? { seen } : {};
}

function wireOf(socket: ControlSocket): ControlWire {
  return {
    ...seenOf(socket.handshake.auth),
    get isOpen() {
      return socket.connected;
    },
    view: (view) => void socket.emit('view', view),
    saved: (clientId, clock) => void socket.emit('saved', { clientId, clock }),
    notice: (body) => void socket.emit('notice', body),
    cut: () => void socket.conn.close(true),
    end: () => void socket.disconnect(true),
  };
}
