import { readStored, sessionId } from '@mend/core';
import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { createMemoryLogStore, type MemoryDisk } from '@mend/server/store';

/** The server inside the test's own process, on a disk of which a backup can be made and put back. */
export interface RestorableServer {
  readonly origin: string;
  /** What is on the disk now. */
  backup(): MemoryDisk;
  /** Ends it. */
  stop(): Promise<void>;
  /** Opens another one on the same port, and on what this backup holds. */
  start(backup: MemoryDisk): Promise<void>;
  /** The types of a session's facts that are on the disk now. */
  facts(session: string): readonly string[];
}

export async function restorableServer(): Promise<RestorableServer> {
  const quiet = (): void => {};
  let disk: MemoryDisk = new Map();
  const open = (port: number) =>
    createServer({
      store: createMemoryLogStore(disk),
      exercises: EXERCISES,
      log: { info: quiet, warn: quiet, error: quiet },
      host: '127.0.0.1',
      port,
      limits: false,
    });
  let running = await open(0);
  const { port } = running;
  return {
    origin: `http://127.0.0.1:${port}`,
    backup: () => structuredClone(disk),
    stop: () => running.close(),
    async start(backup) {
      disk = structuredClone(backup);
      running = await open(port);
    },
    facts: (session) =>
      (disk.get(sessionId(session))?.entries ?? []).flatMap((stored) => {
        const entry = readStored(stored);
        return entry.kind === 'event' ? [entry.fact.type] : [];
      }),
  };
}
