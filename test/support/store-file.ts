import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SessionId, sessionId } from '@mend/core';
import {
  type LogStore,
  type NewEntry,
  openStore,
  type StoreFault,
  type StoreOptions,
} from '@mend/server/store';
import { afterEach, beforeEach, vi } from 'vitest';

/** A store in a file of its own for each test, and the means to hurt it. */

const CHILD = join(import.meta.dirname, '../contract/sqlite-store-child.ts');

// Processes are started and killed here, on machines that may be busy. What must happen in a second says so itself.
vi.setConfig({ testTimeout: 30_000 });

export let folder: string;
export let file: string;
export let cleanups: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mend-sqlite-'));
  file = join(folder, 'store', 'mend.db');
  cleanups = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

export const id = (raw: string): SessionId => sessionId(raw);
export const entry = (text: string, kind: NewEntry['kind'] = 'event'): NewEntry => ({
  at: 1,
  kind,
  body: Buffer.from(text),
});

export async function open(options: StoreOptions = {}, at = file): Promise<LogStore> {
  const opened = await openStore(`sqlite:${at}`, options);
  if (!opened.ok) throw new Error(opened.error.sentence);
  cleanups.push(() => opened.value.close());
  return opened.value;
}

export async function refusal(options: StoreOptions = {}, at = file): Promise<StoreFault> {
  const opened = await openStore(`sqlite:${at}`, options);
  if (!opened.ok) return opened.error;
  await opened.value.close();
  throw new Error('it was opened');
}

/** A child process and its lines; ends with the test at the latest. */
export function child(
  mode: string,
  at = file,
): {
  process: ChildProcess;
  lines: () => unknown[];
  line: (count: number) => Promise<void>;
  kill: () => Promise<void>;
} {
  const started = spawn(process.execPath, [CHILD, mode, at], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const closed = once(started, 'close');
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const lines = (): unknown[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const kill = async (): Promise<void> => {
    started.kill('SIGKILL');
    await closed;
  };
  cleanups.push(kill);
  const line = async (count: number): Promise<void> => {
    while (lines().length < count && started.exitCode === null && started.signalCode === null) {
      await Promise.race([once(started.stdout, 'data'), closed]);
    }
    if (lines().length < count) await closed;
  };
  return { process: started, lines, line, kill };
}

/** Which of the words are in which files of the store. By another process: see the warning at `takeLock`. */
export function traces(...words: string[]): string[] {
  const code = `const fs = require('node:fs'); const [folder, ...words] = process.argv.slice(1); const found = [];
    for (const file of fs.readdirSync(folder)) { const bytes = fs.readFileSync(folder + '/' + file);
      for (const word of words) if (bytes.includes(word)) found.push(file + ': ' + word); }
    console.log(JSON.stringify(found));`;
  const found: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', code, join(file, '..'), ...words], { encoding: 'utf8' }),
  );
  return Array.isArray(found) ? found.map(String) : [];
}

export async function texts(store: LogStore, session: string): Promise<string[]> {
  const read = await store.read(id(session), 1, 1_000_000);
  if (!read.ok) throw new Error(read.error);
  return read.value.map(({ seq, body }) => `${seq} ${Buffer.from(body).toString()}`);
}
