import { setImmediate as turn } from 'node:timers/promises';

/**
 * Loaded into a process that is measured (`--import`): it answers what the process has used, when asked over IPC.
 * `--expose-gc` makes memory comparable.
 */

/** CPU in microseconds, of all threads, user and system; memory in bytes. */
export interface Used {
  readonly cpu: number;
  readonly heap: number;
  readonly rss: number;
}

if (process.send) {
  process.on('message', (asked: 'used' | 'collected') => void answer(asked));
  // Being asked must not keep it from ending.
  process.channel?.unref();
}

async function answer(asked: 'used' | 'collected'): Promise<void> {
  for (let round = 0; asked === 'collected' && round < 4; round++) {
    globalThis.gc?.();
    await turn();
  }
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ cpu: user + system, heap: heapUsed + external, rss } satisfies Used);
}
