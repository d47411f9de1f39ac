import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Both steps of an installation fit into the time of a test, also where no network answers. */
const STEP_MS = 60_000;
/** What can make bytes durable, and what can carry them to somebody. */
const CALLS = 'fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg,sendmmsg';

/**
 * The words of a command that runs another one and writes its system calls into a file: the system's strace, or one
 * that is installed where that may be done. Null where there is none that works.
 */
export function straceInto(file: string): readonly string[] | null {
  if (!works()) install();
  if (!works()) return null;
  // -y names the files behind numbers, -s is how much of each text is kept.
  return ['strace', '-f', '-y', '-s', '400', '-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', file];
}

/** It may be there and not be allowed to trace anything. */
const works = (): boolean => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'strace']])
    spawnSync('apt-get', words, { env, timeout: STEP_MS, stdio: 'ignore' });
}
