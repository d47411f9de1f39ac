import { parentPort, workerData } from 'node:worker_threads';
import { type BatchMessage, unpackBatch } from './batch-message.ts';
import { type FaultWords, trip } from './faults.ts';
import { type Answer, type Operation, refuseAll } from './group-commit.ts';
import { type BatchWriter, cannotWrite, createBatchWriter } from './sqlite-batch.ts';
import { storeFaultOf, writeFaultOf } from './sqlite-error.ts';
import { BUSY_TIMEOUT, configure, connect, whatIsMissing } from './sqlite-file.ts';
import { type StoreFault, storeFault } from './store-fault.ts';

/** The only thread that writes. It waits for the disk, so that sockets and timers on the main thread do not. */

export interface WriterData {
  readonly path: string;
  readonly faults: FaultWords | null;
}

export type ToWriter =
  | { readonly type: 'batch'; readonly batch: BatchMessage }
  | { readonly type: 'ping' }
  | { readonly type: 'close' };

export type FromWriter =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly fault: StoreFault }
  /** `wanted`: the number of the last wipe that was asked for up to and with this batch. */
  | { readonly type: 'answers'; readonly answers: readonly Answer[]; readonly wanted: number }
  /** Every wipe up to `done` has left no trace in any file. */
  | { readonly type: 'wiped'; readonly done: number }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'pong' }
  | { readonly type: 'closed' };

/** Milliseconds from a commit to the first try at truncating the WAL: turns that end together share one. */
const WIPE_DELAY = 100;
/** Milliseconds between tries while a reader of the file is in the way. */
const WIPE_RETRY = 50;

const { path, faults }: WriterData = workerData;
const port = parentPort;
if (port === null) throw new Error('sqlite-writer.ts runs as a worker');
const tell = (message: FromWriter): void => port.postMessage(message);

const db = connect(path);
const writer = start();
let failed = false;
let wanted = 0;
let done = 0;
let timer: NodeJS.Timeout | null = null;

if (writer === null) {
  db.close();
  port.close();
} else {
  port.on('message', (message: ToWriter) => {
    switch (message.type) {
      case 'batch':
        return write(writer, unpackBatch(message.batch));
      case 'ping':
        return failed ? undefined : tell({ type: 'pong' });
      case 'close':
        return close(writer);
    }
  });
  // A crash may have come between a commit and its truncation.
  wanted = 1;
  wipe(writer);
  tell({ type: 'ready' });
}

function start(): BatchWriter | null {
  try {
    configure(db);
    const missing = whatIsMissing(db);
    if (missing === null) return createBatchWriter(db, faults);
    tell({ type: 'refused', fault: storeFault('not-durable', path, missing) });
  } catch (error) {
    tell({ type: 'refused', fault: storeFaultOf(error, path) });
  }
  return null;
}

function write(writer: BatchWriter, batch: readonly Operation[]): void {
  if (failed) {
    tell({ type: 'answers', answers: refuseAll(batch, cannotWrite('io')), wanted });
    return;
  }
  const result = writer.run(batch);
  if (result.failure !== null) fail(result.failure);
  if (result.wipe) wanted += 1;
  trip(faults, 'answer');
  tell({ type: 'answers', answers: result.answers, wanted });
  if (result.wipe) timer ??= setTimeout(wipe, WIPE_DELAY, writer);
}

/** Tries until it took: while anybody reads the file, SQLite can only answer that it was busy. */
function wipe(writer: BatchWriter): void {
  timer = null;
  if (failed || done === wanted) return;
  if (truncated(writer, 0)) {
    done = wanted;
    tell({ type: 'wiped', done });
  } else if (!failed) timer = setTimeout(wipe, WIPE_RETRY, writer);
}

function truncated(writer: BatchWriter, patience: number): boolean {
  try {
    trip(faults, 'checkpoint');
    tidy(writer);
    db.exec(`PRAGMA busy_timeout = ${patience}`);
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
    return busy === 0;
  } catch (error) {
    if (writeFaultOf(error) === 'io') fail(String(error));
    return false;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

/** It only gives room back: where it cannot, the words are overwritten all the same, and truncating goes on. */
function tidy(writer: BatchWriter): void {
  try {
    writer.tidy();
  } catch (error) {
    if (writeFaultOf(error) === 'io') throw error;
  }
}

/** After a failed fsync the same file must not be tried again: the pages it lost would be taken for written. */
function fail(detail: string): void {
  failed = true;
  tell({ type: 'failed', detail });
}

function close(writer: BatchWriter): void {
  if (timer !== null) clearTimeout(timer);
  if (!failed && truncated(writer, BUSY_TIMEOUT)) tell({ type: 'wiped', done: wanted });
  db.close();
  tell({ type: 'closed' });
  port?.close();
}
