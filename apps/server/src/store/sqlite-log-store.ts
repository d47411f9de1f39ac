import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '@mend/core';
import type { FaultWords } from './faults.ts';
import { GroupCommit } from './group-commit.ts';
import type { LogStore, ReadFault } from './log-store.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import { cannotWrite } from './sqlite-batch.ts';
import { readFaultOf, storeFaultOf } from './sqlite-error.ts';
import {
  configure,
  connect,
  isOurs,
  migrate,
  prepareFiles,
  takeLock,
  versionOf,
  whatIsMissing,
} from './sqlite-file.ts';
import { createReader } from './sqlite-reader.ts';
import { startWriter, type WriterThread } from './sqlite-writer-thread.ts';
import { type StoreFault, storeFault } from './store-fault.ts';

export interface SqliteOptions {
  /** Told once, when the disk or the writer failed and nothing more will be accepted: the process should end. */
  readonly onFailed?: (detail: string) => void;
  /** Tests only, see faults.ts. */
  readonly faults?: FaultWords;
  /** Tests only: the schema of another build. */
  readonly migrations?: readonly string[];
}

/** Opens, and makes if need be, the store in one local file. Every fault is a value; nothing is left open then. */
export async function openSqliteLogStore(
  file: string,
  options: SqliteOptions = {},
): Promise<Result<LogStore, StoreFault>> {
  const path = resolve(file);
  const held: DatabaseSync[] = [];
  const refuse = (fault: StoreFault): Result<LogStore, StoreFault> => {
    for (const db of held.reverse()) db.close();
    return { ok: false, error: fault };
  };
  try {
    // SQLite's private databases have no file: each connection would see another one, and a restart none.
    if (file === '' || file === ':memory:')
      return refuse(storeFault('not-durable', file, 'it names no file'));
    prepareFiles(path);
    held.push(takeLock(path));
    const db = connect(path);
    held.push(db);
    const fault = prepareStore(db, path, options.migrations ?? allMigrations);
    if (fault !== null) return refuse(fault);
    const writer = await startWriter(path, options.faults ?? null, options.onFailed ?? (() => {}));
    if (!writer.ok) return refuse(writer.error);
    return { ok: true, value: compose(held, db, writer.value, options.faults ?? null) };
  } catch (error) {
    return refuse(storeFaultOf(error, path));
  }
}

/** Null once the file is known to be a store of ours, and in the form of this build. */
export function prepareStore(
  db: DatabaseSync,
  path: string,
  migrations: readonly string[] = allMigrations,
): StoreFault | null {
  if (!isOurs(db)) return storeFault('cannot-open', path, "it is another program's database");
  const version = versionOf(db);
  if (version > migrations.length) {
    return storeFault('newer', path, `it has version ${version}, this build knows ${migrations.length}`);
  }
  configure(db);
  const missing = whatIsMissing(db);
  if (missing !== null) return storeFault('not-durable', path, missing);
  migrate(db, path, migrations);
  db.exec('PRAGMA query_only = ON');
  return null;
}

function compose(
  held: readonly DatabaseSync[],
  db: DatabaseSync,
  writer: WriterThread,
  faults: FaultWords | null,
): LogStore {
  const group = new GroupCommit(writer.commit);
  const reader = createReader(db, faults);
  let closing: Promise<void> | null = null;

  // Reads happen at once, on this thread, and are finished before they return: an open read would keep the WAL
  // from being truncated. A reader of its own connection sees nothing that is not committed and synced.
  const reading = async <T>(find: () => T): Promise<Result<T, ReadFault>> => {
    if (closing !== null) return { ok: false, error: 'closed' };
    try {
      return { ok: true, value: find() };
    } catch (error) {
      return { ok: false, error: readFaultOf(error) };
    }
  };

  async function close(): Promise<void> {
    await group.drain();
    // The writer's connection must be the last one, so that SQLite takes the WAL into the file and removes it.
    db.close();
    await writer.close();
    for (const other of held) if (other !== db) other.close();
  }

  return {
    create: async (session, at) => (closing === null ? group.create(session, at) : cannotWrite('closed')),
    append: async (request) => (closing === null ? group.append(request) : cannotWrite('closed')),
    erase: async (session) => {
      if (closing !== null) return cannotWrite('closed');
      const outcome = await group.erase(session);
      if (!outcome.ok) return outcome;
      return (await writer.wiped()) ? outcome : cannotWrite('busy');
    },
    read: (session, fromSeq, limit) => reading(() => reader.read(session, fromSeq, limit)),
    get: (session) => reading(() => reader.get(session)),
    list: ({ after, limit }) => reading(() => reader.list(after, limit)),
    ping: async () => closing === null && (await reading(reader.ping)).ok && (await writer.ping()),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
