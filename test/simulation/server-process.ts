import { shelf } from '@mend/exercises';
import { type Clock, createDirectory, type Directory } from '@mend/server/session';
import type { LogStore } from '@mend/server/store';
import {
  type Admissions,
  type ControlConnections,
  createAdmissions,
  createControlConnections,
  createDocumentConnections,
  type DocumentConnections,
} from '@mend/server/transport';

/** The real server between its sockets and its store, until its process ends. */
export interface ServerProcess {
  readonly directory: Directory;
  readonly admissions: Admissions;
  readonly documents: DocumentConnections;
  readonly control: ControlConnections;
  /** Nothing of it runs any more. */
  kill(): void;
}

export interface ServerProcessDeps {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly limits: boolean;
  /** Told what only a bug can bring about. */
  readonly fault: (what: string, cause: unknown) => void;
}

export function startProcess({ store, clock, limits, fault }: ServerProcessDeps): ServerProcess {
  let isAlive = true;
  const own: Clock = { now: clock.now, after: (ms, call) => clock.after(ms, () => isAlive && call()) };
  const log = { info() {}, warn() {}, error: (what: string, cause?: unknown) => fault(what, cause) };
  const onLost = (_id: string, why: string) => {
    if (why !== 'cannot-write') fault(`a session was lost: ${why}`, null);
  };
  const directory = createDirectory({ store, clock: own, shelf, onLost });
  const admissions = createAdmissions({ store, directory, clock: own });
  const shared = { admissions, directory, clock: own, log, limits };
  return {
    directory,
    admissions,
    documents: createDocumentConnections(shared),
    control: createControlConnections(shared),
    kill() {
      isAlive = false;
    },
  };
}
