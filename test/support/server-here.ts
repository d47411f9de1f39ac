import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { createFaults, type Faults, openStore } from '@mend/server/store';
import { storeFolder } from './start-server.ts';

/** The server inside the test's own process, on a store in a file whose faults the test commands. */
export interface ServerHere {
  readonly origin: string;
  readonly port: number;
  readonly faults: Faults;
  /** What it has logged: each happening with its fields. */
  readonly logged: unknown[][];
  readonly folder: string;
  /** Ends it and opens another one on the same store and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function serverHere({ limits = false } = {}): Promise<ServerHere> {
  const folder = storeFolder();
  const faults = createFaults();
  const logged: unknown[][] = [];
  const note = (...said: unknown[]): void => void logged.push(said);
  const start = async (port: number) => {
    const store = await openStore(folder.url, { faults: faults.words });
    if (!store.ok) throw new Error(store.error.sentence);
    return createServer({
      store: store.value,
      exercises: EXERCISES,
      log: { info: note, warn: note, error: note },
      host: '127.0.0.1',
      port,
      limits,
    });
  };
  let running = await start(0);
  const { port } = running;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    faults,
    logged,
    folder: folder.path,
    async restart() {
      await running.close();
      running = await start(port);
    },
    async close() {
      await running.close();
      folder.remove();
    },
  };
}
