import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Exercise } from '@mend/core';
import type { Log } from './log.ts';
import { createAdmissions } from './seats/admissions.ts';
import { createCodeBook } from './seats/code-book.ts';
import { keepDeadlines } from './session/alarm.ts';
import { type Clock, systemClock } from './session/clock.ts';
import { createDirectory } from './session/directory.ts';
import { type Passing, unwatched } from './session/write-point.ts';
import type { LogStore } from './store/log-store.ts';
import { createControlSocket } from './transport/control-socket.ts';
import { createDocumentSocket } from './transport/document-socket.ts';
import { openFrontDoor } from './transport/front-door.ts';
import { createHttp } from './transport/http.ts';

export interface ServerDeps {
  readonly store: LogStore;
  readonly exercises: readonly Exercise[];
  readonly log: Log;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly publicOrigin?: string | null;
  readonly limits?: boolean;
  readonly webFolder?: string | null;
  readonly clock?: Clock;
  /** Tests only: told of every point of the write path, see session/write-point.ts. */
  readonly passing?: Passing;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no new connections, tells the open ones to come back, and writes everything. The store is closed too. */
  close(): Promise<void>;
}

const BACKLOG = 4096;
/** How long the end waits for whoever does not take a close, or an answer. */
const PATIENCE_MS = 1_500;

/** Puts the parts together and listens. Rejects where the port cannot be had. */
export async function createServer(deps: ServerDeps): Promise<RunningServer> {
  const { store, exercises, log, clock = systemClock, publicOrigin = null, limits = true } = deps;
  const shelf = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const directory = createDirectory({
    store,
    clock,
    shelf,
    passing: deps.passing ?? unwatched,
    onLost: (session, code) => log.warn('a session was taken out of memory', { session, code }),
  });
  const admissions = createAdmissions({ store, directory, clock });
  const http = createHttpServer();
  http.headersTimeout = 10_000;
  http.requestTimeout = 30_000;
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const shared = { admissions, directory, clock, log, limits };
  const documents = createDocumentSocket(shared);
  const control = createControlSocket(shared);
  const pages = createHttp({
    admissions,
    codes: createCodeBook(),
    exercises,
    log,
    now: clock.now,
    ping: () => store.ping(),
    publicOrigin,
    limits,
    webFolder: deps.webFolder ?? null,
  });
  openFrontDoor(http, { publicOrigin, pages, control, documents });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: deps.port, host: deps.host, backlog: BACKLOG }, resolve);
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const endAlarm = keepDeadlines({ store, directory, clock });
  return {
    port: address.port,
    async close() {
      endAlarm();
      const stopped = new Promise<void>((resolve) => http.close(() => resolve()));
      // A store that hangs must not keep the others from being told.
      await Promise.race([directory.closeAll('going-down'), pause(PATIENCE_MS, clock)]);
      documents.close();
      await control.close();
      clock.after(PATIENCE_MS, () => {
        for (const socket of sockets) socket.destroy();
      });
      await Promise.all([stopped, store.close()]);
    },
  };
}

const pause = (ms: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));
