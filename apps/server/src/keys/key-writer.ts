import { parentPort, workerData } from 'node:worker_threads';
import { type FaultWords, trip } from '../store/faults.ts';
import { writeFaultOf } from '../store/sqlite-error.ts';
import { BUSY_TIMEOUT, configure, connect, whatIsMissing } from '../store/sqlite-file.ts';
import { carryOut, type KeyAnswer, type KeyOperation, refused } from './key-operation.ts';
import { keyTable } from './key-table.ts';

/** The only thread that writes keys. It waits for the disk, so that sockets and timers on the main thread do not. */

export interface KeyWriterData {
  readonly path: string;
  readonly faults: FaultWords | null;
}

export type ToKeyWriter =
  | { readonly type: 'do'; readonly operation: KeyOperation }
  | { readonly type: 'ping' }
  | { readonly type: 'close' };

/** Answers come in the order of the questions. */
export type FromKeyWriter =
  | { readonly type: 'ready' }
  | { readonly type: 'answers'; readonly answers: readonly KeyAnswer[] }
  | { readonly type: 'pong'; readonly alive: boolean }
  | { readonly type: 'failed'; readonly detail: string };

/** Milliseconds between tries to truncate the WAL while a reader of the file is in the way. */
const WIPE_RETRY = 50;

const { path, faults }: KeyWriterData = workerData;
const port = parentPort;
if (port === null) throw new Error('key-writer.ts runs as a worker');
const tell = (message: FromKeyWriter): void => port.postMessage(message);

const db = connect(path);
configure(db);
const missing = whatIsMissing(db);
if (missing !== null) throw new Error(missing);
const table = keyTable(db);
let failed = false;
/** A key was destroyed whose bytes may still be in the WAL. At the start: a crash may have left one. */
let unwiped = true;
let waiting: KeyOperation[] = [];
let flushing: NodeJS.Immediate | null = null;
let retry: NodeJS.Timeout | null = null;

port.on('message', (message: ToKeyWriter) => {
  switch (message.type) {
    case 'do':
      // What came in while the disk was being waited for shares the next commit.
      waiting.push(message.operation);
      flushing ??= setImmediate(flush);
      return;
    case 'ping':
      return tell({ type: 'pong', alive: !failed });
    case 'close':
      return close();
  }
});
wipe();
tell({ type: 'ready' });

function flush(): void {
  flushing = null;
  const batch = waiting;
  waiting = [];
  if (batch.length === 0) return;
  const answers = commit(batch);
  if (answers.some((answer) => answer.ok && answer.done === 'wiped')) unwiped = true;
  const clean = wipe();
  trip(faults, 'answer');
  tell({
    type: 'answers',
    answers: answers.map((answer) =>
      answer.ok && answer.done === 'wiped' && !clean ? { ok: true, done: 'waiting' } : answer,
    ),
  });
}

function commit(batch: readonly KeyOperation[]): readonly KeyAnswer[] {
  if (failed) return batch.map(() => ({ ok: false, error: 'io' }));
  try {
    trip(faults, 'begin');
    db.exec('BEGIN IMMEDIATE');
    const answers = batch.map((operation): KeyAnswer => ({ ok: true, done: carryOut(table, operation) }));
    trip(faults, 'commit');
    db.exec('COMMIT');
    return answers;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    if (writeFaultOf(error) === 'io') fail(String(error));
    return batch.map(() => refused(error));
  }
}

/** False while anybody reads the file; then it is tried until it took. */
function wipe(): boolean {
  if (retry !== null) clearTimeout(retry);
  retry = null;
  if (failed || !unwiped) return !failed;
  try {
    trip(faults, 'checkpoint');
    db.exec('PRAGMA busy_timeout = 0');
    unwiped = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0;
  } catch (error) {
    if (writeFaultOf(error) === 'io') fail(String(error));
  } finally {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  }
  if (unwiped && !failed) retry = setTimeout(wipe, WIPE_RETRY);
  return !unwiped;
}

/** After a failed fsync the same file must not be tried again: the pages it lost would be taken for written. */
function fail(detail: string): void {
  failed = true;
  tell({ type: 'failed', detail });
}

function close(): void {
  if (flushing !== null) clearImmediate(flushing);
  flush();
  wipe();
  if (retry !== null) clearTimeout(retry);
  db.close();
  port?.close();
}
