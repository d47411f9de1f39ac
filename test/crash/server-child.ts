/**
 * The real server on its real, encrypted store, in a process of its own that ends itself with SIGKILL where it is
 * told to. Loads everything, then waits for `start`, so that a successor can stand ready while its forerunner lives.
 */
import { flushCompileCache } from 'node:module';
import { EXERCISES } from '@mend/exercises';
import { createServer, type RunningServer } from '@mend/server';
import { openEncryptedStore } from '@mend/server/keys';
import { createFaults } from '@mend/server/store';
import { type FromServer, isStoreStep, type KillPoint, type ToServer } from './kill-point.ts';

/** How often the port is asked for: its last holder may be on its way out. */
const MOST_TRIES = 40;
const AGAIN_MS = 50;

const tell = (message: FromServer): void => void process.send?.(message);
const faults = createFaults();
let armed: { readonly at: KillPoint; times: number } | null = null;

process.on('message', (message: ToServer) => {
  if (message.type === 'arm') armed = { at: message.at, times: message.times };
  else void start(message.file, message.port);
});
process.on('disconnect', () => process.exit());
tell({ type: 'loaded', pid: process.pid });

function passing(point: string): void {
  if (armed === null || point !== (isStoreStep(armed.at) ? 'append-asked' : armed.at)) return;
  armed.times -= 1;
  if (armed.times > 0) return;
  // The store's steps are passed on its writer's thread: the append just asked for is the one that is hit.
  if (isStoreStep(armed.at)) faults.set(armed.at, 'crash');
  else process.kill(process.pid, 'SIGKILL');
}

async function start(file: string, port: number): Promise<void> {
  const opened = await openEncryptedStore(`sqlite:${file}`, {
    keyFile: null,
    faults: faults.words,
    onFailed: (what) => tell({ type: 'trouble', what }),
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const listen = (): Promise<RunningServer> =>
    createServer({
      store: opened.value,
      exercises: EXERCISES,
      log: {
        info: () => {},
        warn: (what) => tell({ type: 'trouble', what }),
        error: (what, cause) => tell({ type: 'trouble', what: `${what}: ${String(cause)}` }),
      },
      host: '127.0.0.1',
      port,
      limits: false,
      passing,
    });
  for (let tries = 1; ; tries++) {
    try {
      await listen();
      // Who is killed does not do so at its end, and its successors start in half the time.
      flushCompileCache();
      return tell({ type: 'listening' });
    } catch (cause) {
      const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
      if (!isTaken || tries === MOST_TRIES) throw cause;
      await new Promise((next) => setTimeout(next, AGAIN_MS));
    }
  }
}
