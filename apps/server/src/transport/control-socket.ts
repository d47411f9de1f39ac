import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { refusal, type Seat, type SessionId } from '@mend/core';
import type { CommandAck, ControlClientEvents, ControlServerEvents } from '@mend/protocol';
import { Server, type Socket } from 'socket.io';
import type { Log } from '../log.ts';
import type { Admissions, Admitted } from '../seats/admissions.ts';
import type { Clock } from '../session/clock.ts';
import type { Directory } from '../session/directory.ts';
import type { ControlPeer } from '../session/peers.ts';
import { createBucket, unlimited } from './bucket.ts';
import { cookieToken } from './credential.ts';
import type { Upgrade } from './front-door.ts';

export interface ControlDeps {
  readonly admissions: Admissions;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: boolean;
}

interface SocketData {
  token: string;
  admitted: Admitted;
}

type ControlServer = Server<ControlClientEvents, ControlServerEvents, Record<string, never>, SocketData>;
type ControlSocket = Socket<ControlClientEvents, ControlServerEvents, Record<string, never>, SocketData>;

const LARGEST_MESSAGE = 64 * 1024;
/** What may wait for a reader that does not read, in UTF-16 code units. */
const MOST_BUFFERED = 1024 * 1024;
const MOST_AT_ONCE = 16 * MOST_BUFFERED;
/** How long it may wait there. */
const SLOW_MS = 1_000;
/** How soon a lost session is asked for again. */
const AGAIN_MS = 250;
/** How many command channels one seat may have open at once. */
const MOST_SOCKETS = 6;

export interface ControlChannel {
  readonly request: RequestListener;
  readonly upgrade: Upgrade;
  close(): Promise<void>;
}

/** The command channel: commands with acks, views, saved marks and notices over Socket.IO. */
export function createControlSocket(deps: ControlDeps): ControlChannel {
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
  const rooms = new Map<SessionId, Set<ControlSocket>>();

  io.use((socket, next) => {
    void admit(socket, deps).then(
      (admitted) => {
        // A stock client takes a refusal for final, but comes back by itself when the connection is lost.
        if (admitted === 'unavailable') return socket.conn.close(true);
        if (!admitted) return next(new Error('unauthorized'));
        socket.data.admitted = admitted;
        next();
      },
      (cause: unknown) => {
        deps.log.error('a handshake failed', cause);
        socket.conn.close(true);
      },
    );
  });

  io.on('connection', (socket: ControlSocket) => {
    const { actor, seat } = socket.data.admitted;
    const room = rooms.get(actor.id) ?? new Set();
    const own = [...room].filter((other) => other.data.admitted.seat === seat);
    if (deps.limits && own.length >= MOST_SOCKETS) own[0]?.disconnect(true);
    rooms.set(actor.id, room.add(socket));
    cutSlowReader(socket, deps.clock);
    const peer = peerOf(socket, seat);
    attach(socket, peer);
    socket.on('command', commandHandler(socket, deps));
    socket.on('disconnect', () => {
      socket.data.admitted.actor.detachControl(peer);
      room.delete(socket);
      if (room.size === 0 && rooms.get(actor.id) === room) rooms.delete(actor.id);
    });
    attached.set(socket, peer);
  });

  const attached = new WeakMap<ControlSocket, ControlPeer>();

  function attach(socket: ControlSocket, peer: ControlPeer): void {
    const { actor } = socket.data.admitted;
    if (actor.over) {
      again(socket, peer);
      return;
    }
    try {
      actor.attachControl(peer);
    } catch (cause) {
      deps.log.error('a view could not be made', cause, { session: actor.id });
      socket.conn.close(true);
    }
  }

  /** The session's log was lost in memory: it is loaded again, and the same people go on. */
  function again(socket: ControlSocket, peer: ControlPeer): void {
    deps.clock.after(AGAIN_MS, () => {
      if (!socket.connected) return;
      deps.admissions
        .admit(socket.data.token)
        .then((admitted) => {
          if (!socket.connected) return;
          if (admitted.ok) {
            socket.data.admitted = admitted.value;
            attach(socket, peer);
          } else if (admitted.error === 'no-such-seat') socket.disconnect(true);
          else again(socket, peer);
        })
        .catch((cause: unknown) => {
          deps.log.error('a session could not be taken up again', cause);
          socket.conn.close(true);
        });
    });
  }

  deps.directory.onDismissed((id) => {
    for (const socket of rooms.get(id) ?? []) {
      const peer = attached.get(socket);
      if (peer) again(socket, peer);
    }
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

async function admit(
  socket: ControlSocket,
  { admissions }: ControlDeps,
): Promise<Admitted | 'unavailable' | null> {
  const token = tokenOf(socket.handshake.auth, socket.request);
  if (token === null) return null;
  const admitted = await admissions.admit(token);
  socket.data.token = token;
  if (admitted.ok) return admitted.value;
  return admitted.error === 'no-such-seat' ? null : 'unavailable';
}

/** A key in the handshake, or the name of a session whose cookie the browser holds. */
function tokenOf(auth: unknown, request: IncomingMessage): string | null {
  if (typeof auth !== 'object' || auth === null) return null;
  if ('token' in auth && auth.token !== undefined) return typeof auth.token === 'string' ? auth.token : null;
  if (!('session' in auth) || typeof auth.session !== 'string') return null;
  return cookieToken(request, auth.session);
}

function peerOf(socket: ControlSocket, seat: Seat): ControlPeer {
  return {
    seat,
    view: (view) => void socket.emit('view', view),
    saved: (clientId, clock) => void socket.emit('saved', { clientId, clock }),
    notice: (body) => void socket.emit('notice', body),
  };
}

function commandHandler(socket: ControlSocket, { clock, log, limits }: ControlDeps) {
  const bucket = limits ? createBucket(60, 15, clock.now) : unlimited;
  return (raw: unknown, ack: unknown) => {
    const answer = (outcome: CommandAck) => {
      if (typeof ack === 'function') ack(outcome);
    };
    const refuse = (code: 'too-fast' | 'cannot-write') => {
      const { message } = refusal(code);
      answer({ ok: false, error: { code, message } });
    };
    const { actor, seat } = socket.data.admitted;
    if (!bucket.take()) return refuse('too-fast');
    if (actor.over) return refuse('cannot-write');
    try {
      actor.command(seat, raw).then(answer, (cause: unknown) => failed(cause));
    } catch (cause) {
      failed(cause);
    }
    function failed(cause: unknown): void {
      log.error('a command failed', cause, { session: actor.id });
      refuse('cannot-write');
    }
  };
}
