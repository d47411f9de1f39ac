import { Worker } from 'node:worker_threads';
import type { FaultWords } from '../store/faults.ts';
import type { KeyAnswer, KeyOperation } from './key-operation.ts';
import type { FromKeyWriter, KeyWriterData, ToKeyWriter } from './key-writer.ts';

/** The keys' writer, seen from the main thread. Nothing here rejects. */
export interface KeyWriterThread {
  run(operation: KeyOperation): Promise<KeyAnswer>;
  ping(): Promise<boolean>;
  /** Does what was asked for before, then lets go of the file. */
  close(): Promise<void>;
}

/** Null when it ended before it was ready. `onFailed` is told once, when the writer accepts nothing more. */
export function startKeyWriter(
  path: string,
  faults: FaultWords | null,
  onFailed: (detail: string) => void,
): Promise<KeyWriterThread | null> {
  const data: KeyWriterData = { path, faults };
  const worker = new Worker(new URL('./key-writer.ts', import.meta.url), { workerData: data });
  const tell = (message: ToKeyWriter): void => worker.postMessage(message);
  const asked: ((answer: KeyAnswer) => void)[] = [];
  const pings: ((alive: boolean) => void)[] = [];
  let state: 'starting' | 'running' | 'closing' | 'gone' = 'starting';
  let failed = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  function fail(detail: string): void {
    if (!failed && state === 'running') onFailed(detail);
    failed = true;
  }

  function lose(detail: string): void {
    fail(detail);
    state = 'gone';
    for (const settle of asked.splice(0)) settle({ ok: false, error: 'io' });
    for (const settle of pings.splice(0)) settle(false);
  }

  const thread: KeyWriterThread = {
    run: (operation) =>
      new Promise((settle) => {
        if (state !== 'running') return settle({ ok: false, error: state === 'gone' ? 'io' : 'closed' });
        asked.push(settle);
        tell({ type: 'do', operation });
      }),
    ping: () =>
      new Promise((settle) => {
        if (state !== 'running') return settle(false);
        pings.push(settle);
        tell({ type: 'ping' });
      }),
    close: async () => {
      if (state === 'running') {
        state = 'closing';
        tell({ type: 'close' });
      }
      await exited;
    },
  };

  return new Promise((resolve) => {
    worker.on('message', (message: FromKeyWriter) => {
      switch (message.type) {
        case 'ready':
          state = 'running';
          return resolve(thread);
        case 'answers':
          for (const answer of message.answers) asked.shift()?.(answer);
          return;
        case 'pong':
          return pings.shift()?.(message.alive);
        case 'failed':
          return fail(message.detail);
      }
    });
    worker.on('error', (error) => lose(String(error)));
    worker.on('exit', () => {
      lose('the writer of the keys ended');
      resolve(null);
    });
  });
}
