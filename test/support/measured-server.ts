import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the child is asked for; it answers each with its measures. */
export type Ask = { readonly do: 'measure' | 'end' } | { readonly do: 'advance'; readonly ms: number };

/** How a server is, seen from inside its process. */
export interface Measures {
  /** How often its event loop stood still for more than 100 ms by its own work, and the longest time, in ms. */
  readonly stalls: number;
  readonly longest: number;
  /** What it has logged as its own fault. */
  readonly faults: number;
  /** Memory in use after a garbage collection. */
  readonly bytes: number;
  readonly sockets: number;
  readonly timers: number;
}

/** The server in a process of its own that measures itself. */
export interface MeasuredServer {
  readonly origin: string;
  /** Null once it is gone by itself. */
  isAlive(): boolean;
  measure(): Promise<Measures>;
  /** Lets time pass, where it was started with a clock of the test's. */
  advance(ms: number): Promise<void>;
  /** Its exit code. */
  end(): Promise<number | null>;
}

const CHILD = join(import.meta.dirname, 'measured-server-child.ts');

export async function startMeasured(
  store: string,
  time: 'real' | 'manual' = 'real',
): Promise<MeasuredServer> {
  const child = fork(CHILD, [store, time], { execArgv: ['--expose-gc'], stdio: 'inherit' });
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void ended.then(() => process.off('exit', kill));
  const gone = ended.then((code) => {
    throw new Error(`the server ended by itself with ${code}`);
  });
  gone.catch(() => {});
  const answer = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), gone]))[0];
  const ask = async (what: Ask): Promise<Measures> => {
    const answered = answer();
    child.send(what);
    return (await answered) as Measures;
  };
  const port = await answer();
  return {
    origin: `http://127.0.0.1:${port}`,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    measure: () => ask({ do: 'measure' }),
    advance: async (ms) => void (await ask({ do: 'advance', ms })),
    end() {
      child.send({ do: 'end' });
      return ended;
    },
  };
}
