import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exercise } from '@mend/core';
import type { Log } from './log.ts';
import { createAdmissions } from './seats/admissions.ts';
import { createCodeBook } from './seats/code-book.ts';
import { type Clock, systemClock } from './session/clock.ts';
import { createDirectory } from './session/directory.ts';
import type { LogStore } from './store/log-store.ts';
import { createControlSocket } from './transport/control-socket.ts';
import { createDocumentSocket } from './transport/document-socket.ts';
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
}

export interface RunningServer {
  readonly port: number;
  /** Takes no new connections, tells the open ones to come back, and writes everything. The store is closed too. */
  close(): Promise<void>;
}

const BACKLOG = 4096;

/** Puts the parts together and listens. Rejects where the port cannot be had. */
export async function createServer(deps: ServerDeps): Promise<RunningServer> {
  const { store, exercises, log, clock = systemClock, publicOrigin = null, limits = true } = deps;
  const shelf = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const directory = createDirectory({
    store,
    clock,
    shelf,
    onLost: (session, code) => log.warn('a session was taken out of memory', { session, code }),
  });
  const admissions = createAdmissions({ store, directory, clock });
  const http = createHttpServer(
    createHttp({
      admissions,
      codes: createCodeBook(),
      exercises,
      log,
      now: clock.now,
      ping: () => store.ping(),
      publicOrigin,
      limits,
      webFolder: deps.webFolder ?? null,
    }),
  );
  http.headersTimeout = 10_000;
  http.requestTimeout = 30_000;
  const shared = { admissions, directory, clock, log, publicOrigin, limits };
  const documents = createDocumentSocket(shared);
  const control = createControlSocket(http, shared);
  http.on('upgrade', (request, socket, head) => {
    if (documents.isFor(request)) documents.upgrade(request, socket, head);
    else if (!request.url?.startsWith('/socket.io/')) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: deps.port, host: deps.host, backlog: BACKLOG }, resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    port,
    async close() {
      const stopped = new Promise<void>((resolve) => http.close(() => resolve()));
      directory.closeAll('going-down');
      documents.close();
      await control.close();
      http.closeAllConnections();
      await Promise.all([stopped, store.close()]);
    },
  };
}
