import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FromServer, Kill, ToServer } from './kill-point.ts';

export const CHILD = join(import.meta.dirname, 'server-child.ts');

/** A server's process, ready to take a store over. */
export interface Successor {
  /** Resolves when it listens, or was killed before. */
  start(file: string, port: number, kill?: Kill): Promise<void>;
  arm(kill: Kill): void;
  /** Resolves when it was killed, by itself or from outside; rejects where it ended or complained otherwise. */
  readonly killed: Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** `cache`: a folder in which one finds what another has compiled. `command` may put another program in front. */
export function successor(cache: string, command: readonly string[] = []): Successor {
  const [program = process.execPath, ...args] = [...command, process.execPath, CHILD];
  const child = spawn(program, args, {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  // A test that fails half-way must not leave a server behind.
  let pid = child.pid;
  const end = (): void => kill(child, pid);
  process.on('exit', end);
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const said = { loaded: Promise.withResolvers<void>(), listening: Promise.withResolvers<void>() };
  const troubles: string[] = [];
  child.on('message', (message: FromServer) => {
    if (message.type === 'trouble') troubles.push(message.what);
    else if (message.type === 'loaded') pid = message.pid;
    if (message.type !== 'trouble') said[message.type].resolve();
  });
  const closed = once(child, 'close').then(() => process.off('exit', end));
  const killed = closed.then(() => {
    if (troubles.length > 0 || child.signalCode !== 'SIGKILL')
      throw new Error(`the server ended: ${[...troubles, printed].join('; ')}`);
  });
  killed.catch(() => {});
  /** A process that is gone is told nothing; `killed` says how it ended. */
  const tell = (message: ToServer): void => void (child.connected && child.send(message, () => {}));
  let timer: NodeJS.Timeout | null = null;
  const arm = (kill: Kill): void => {
    if (kill.at !== 'any time') tell({ type: 'arm', ...kill });
    else timer = setTimeout(end, kill.afterMs);
  };
  return {
    killed,
    async start(file, port, kill) {
      await Promise.race([said.loaded.promise, closed]);
      if (kill) arm(kill);
      tell({ type: 'start', file, port });
      await Promise.race([said.listening.promise, killed]);
    },
    arm,
    async kill() {
      if (timer) clearTimeout(timer);
      end();
      await closed;
    },
  };
}

/** By its own number: what stands in front of it ends with it, and the other way round that is not sure. */
function kill(child: ChildProcess, pid: number | undefined): void {
  if (pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(pid, 'SIGKILL');
}
