import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Used } from '../targets/probe.ts';

/** A server as a process of its own, on a core of its own where there are two, that says what it uses. */
export interface Target {
  readonly origin: string;
  /** `collected` runs the garbage collector first. */
  used(how?: 'used' | 'collected'): Promise<Used>;
  /** Ends it and starts it again on what it stored. */
  restart(): Promise<Target>;
  stop(): Promise<void>;
}

export type TargetName = 'mend' | 'relay' | 'y-websocket';

const project = resolve(import.meta.dirname, '../../..');
const probe = join(project, 'test/bench/targets/probe.ts');
const PROGRAMS: Readonly<Record<TargetName, string>> = {
  mend: 'apps/server/src/main.ts',
  relay: 'test/bench/targets/relay.ts',
  'y-websocket': 'test/bench/targets/y-websocket.ts',
};
const SERVER_CORE = '0';
const OWN_CORE = '1';
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** The generator keeps off the server's core. */
export function pinSelf(): void {
  if (canPin) spawnSync('taskset', ['-a', '-cp', OWN_CORE, String(process.pid)]);
}

export async function startTarget(name: TargetName): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'mend-bench-'));
  return start(name, folder);
}

async function start(name: TargetName, folder: string): Promise<Target> {
  const command = [
    process.execPath,
    '--expose-gc',

    '--import',
    probe,
    join(project, PROGRAMS[name]),
  ];
  const [program = '', ...args] = canPin ? ['taskset', '-c', SERVER_CORE, ...command] : command;
  const child = spawn(program, args, {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      MEND_STORE: `sqlite:${join(folder, 'mend.db')}`,
      MEND_LIMITS: 'off',
      MEND_LOG: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const end = async () => {
    process.off('exit', kill);
    child.kill('SIGTERM');
    await ended;
  };
  return {
    origin: await listening(child),
    used: (how = 'used') => ask(child, how),
    async restart() {
      await end();
      return start(name, folder);
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true });
    },
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.once('exit', () => reject(new Error(`the server ended: ${printed}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /^listening on (\S+)$/m.exec(printed)?.[1];
      if (found) resolve(found);
    });
  });
}

function ask(child: ChildProcess, how: 'used' | 'collected'): Promise<Used> {
  return new Promise((resolve) => {
    child.once('message', (used) => resolve(used as Used));
    child.send(how);
  });
}
