import { EXERCISES } from '@mend/exercises';
import { createServer } from '@mend/server';
import { createMemoryLogStore } from '@mend/server/store';
import { type ManualClock, manualClock } from './manual-clock.ts';

/** The server inside the test's own process, in memory, whose time passes only when the test says so. */
export interface ServerWithTime {
  readonly origin: string;
  readonly clock: ManualClock;
  close(): Promise<void>;
}

export async function serverWithTime({ limits = false } = {}): Promise<ServerWithTime> {
  const clock = manualClock();
  const server = await createServer({
    store: createMemoryLogStore(),
    exercises: EXERCISES,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    host: '127.0.0.1',
    port: 0,
    limits,
    clock,
  });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    clock,
    async close() {
      const end = server.close();
      clock.advance(10_000);
      await end;
    },
  };
}
