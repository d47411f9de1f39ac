import { Worker } from 'node:worker_threads';
import type { Result } from '@mend/core';
import { packBatch } from './batch-message.ts';
import type { FaultWords } from './faults.ts';
import { type Answer, type Commit, type Operation, refuseAll } from './group-commit.ts';
import { cannotWrite } from './sqlite-batch.ts';
import type { FromWriter, ToWriter, WriterData } from './sqlite-writer.ts';
import { type StoreFault, storeFault } from './store-fault.ts';

/** The writer's thread, seen from the main one. One batch at a time; nothing here rejects. */
export interface WriterThread {
  readonly commit: Commit;
  /** True once what was replaced or erased by the batches answered so far is in no file; false if that cannot be. */
  wiped(): Promise<boolean>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** `onFailed` is told once, when the writer accepts nothing more; the store then answers `io` to every write. */
export function startWriter(
  path: string,
  faults: FaultWords | null,
  onFailed: (detail: string) => void,
): Promise<Result<WriterThread, StoreFault>> {
  const data: WriterData = { path, faults };
  const worker = new Worker(new URL('./sqlite-writer.ts', import.meta.url), { workerData: data });
  const tell = (message: ToWriter): void => worker.postMessage(message);

  let inFlight: { batch: readonly Operation[]; settle: (answers: readonly Answer[]) => void } | null = null;
  const pings: ((alive: boolean) => void)[] = [];
  let wipes: { number: number; settle: (wiped: boolean) => void }[] = [];
  let wanted = 0;
  let done = 0;
  let state: 'running' | 'closing' | 'failed' = 'running';
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  function fail(detail: string): void {
    if (state === 'failed') return;
    const unexpected = state === 'running';
    state = 'failed';
    for (const settle of pings.splice(0)) settle(false);
    for (const { settle } of wipes.splice(0)) settle(false);
    if (unexpected) onFailed(detail);
  }

  function lose(detail: string): void {
    fail(detail);
    inFlight?.settle(refuseAll(inFlight.batch, cannotWrite('io')));
    inFlight = null;
  }

  function hear(message: FromWriter): void {
    switch (message.type) {
      case 'answers':
        wanted = message.wanted;
        inFlight?.settle(message.answers);
        inFlight = null;
        return;
      case 'wiped':
        done = message.done;
        for (const { number, settle } of wipes) if (number <= done) settle(true);
        wipes = wipes.filter(({ number }) => number > done);
        return;
      case 'pong':
        pings.shift()?.(true);
        return;
      case 'failed':
        fail(message.detail);
        return;
      case 'refused':
        state = 'closing';
        return;
      case 'ready':
      case 'closed':
        return;
    }
  }

  const thread: WriterThread = {
    commit: (batch) =>
      new Promise((settle) => {
        if (state === 'failed') return settle(refuseAll(batch, cannotWrite('io')));
        inFlight = { batch, settle };
        tell({ type: 'batch', batch: packBatch(batch) });
      }),
    wiped: () =>
      new Promise((settle) => {
        if (wanted <= done) return settle(true);
        if (state !== 'running') return settle(false);
        wipes.push({ number: wanted, settle });
      }),
    ping: () =>
      new Promise((settle) => {
        if (state !== 'running') return settle(false);
        pings.push(settle);
        tell({ type: 'ping' });
      }),
    close: async () => {
      if (state === 'running') state = 'closing';
      tell({ type: 'close' });
      await exited;
      for (const { settle } of wipes.splice(0)) settle(false);
    },
  };

  return new Promise((resolve) => {
    worker.on('message', (message: FromWriter) => {
      if (message.type === 'ready') resolve({ ok: true, value: thread });
      // The writer ends by itself then; whoever opened the store may take the file only after that.
      if (message.type === 'refused') resolve(exited.then(() => ({ ok: false, error: message.fault })));
      hear(message);
    });
    worker.on('error', (error) => lose(String(error)));
    worker.on('exit', () => {
      lose('the writer ended');
      resolve({ ok: false, error: storeFault('cannot-open', path, 'the writer ended before it was ready') });
    });
  });
}
