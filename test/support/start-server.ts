import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// One listener for each server that runs.
process.setMaxListeners(0);

const project = resolve(import.meta.dirname, '../..');

/** The real server as a process of its own, on a free port of loopback. */
export interface ServerProcess {
  readonly port: number;
  readonly origin: string;
  /** Everything it has printed so far. */
  output(): string;
  /** SIGKILL, as a power cut would; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  readonly store: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and waits for its line. Rejects with what it printed where it ends instead. */
export async function startServer({ store, port = 0, env = {} }: StartOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(project, 'apps/server/src/main.ts')], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      MEND_STORE: store,
      MEND_LIMITS: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  // A test that fails half-way must not leave a server behind.
  const end = () => void child.kill('SIGKILL');
  process.on('exit', end);
  child.once('exit', () => process.off('exit', end));
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const listening = new Promise<number>((found, failed) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const line = /^listening on http:\/\/\S+:(\d+)$/m.exec(printed);
      if (line) found(Number(line[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => failed(new Error(`the server ended: ${printed}`)));
  });
  const own = await listening;
  return {
    port: own,
    origin: `http://127.0.0.1:${own}`,
    output: () => printed,
    kill: async () => void (await signalled(child, 'SIGKILL', ended)),
    stop: () => signalled(child, 'SIGTERM', ended),
  };
}

async function signalled(
  child: ChildProcess,
  signal: NodeJS.Signals,
  ended: Promise<number | null>,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended;
}

/** A folder for one test's store. */
export function storeFolder(): { readonly path: string; readonly url: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'mend-test-'));
  return {
    path,
    url: `sqlite:${join(path, 'mend.db')}`,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
