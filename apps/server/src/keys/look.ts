import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result, type SessionId } from '@mend/core';
import type { ReadFault, SessionRow, StoredEntry } from '../store/log-store.ts';
import { readFaultOf, storeFaultOf } from '../store/sqlite-error.ts';
import { connect, prepareFiles, takeLock } from '../store/sqlite-file.ts';
import { prepareStore } from '../store/sqlite-log-store.ts';
import { createReader } from '../store/sqlite-reader.ts';
import type { StoreFault } from '../store/store-fault.ts';
import { type KeyFault, keyFault } from './key-fault.ts';
import { openMasterKeys, prepareKeys } from './key-store-file.ts';
import { keyFilesOf } from './open-encrypted-store.ts';
import { unsealAll } from './sealed-body.ts';
import { unwrapAll } from './sqlite-key-ring.ts';

/** A store between two servers: what the next one would read, at once. */
export interface Look {
  list(): Result<readonly SessionRow[], ReadFault>;
  /** All entries of a session. */
  read(session: SessionId): Result<readonly StoredEntry[], ReadFault>;
  close(): void;
}

const EVERYTHING = 1_000_000;

/**
 * Opens the files by the same steps as `openEncryptedStore`, with no writer: for a check of many copies, where two
 * threads for each would cost more than all the rest. What a crash left unfinished stays so.
 */
export function lookInto(file: string): Result<Look, StoreFault | KeyFault> {
  const files = keyFilesOf(`sqlite:${file}`);
  if (files === null) throw new Error('a store in a file has its keys in files');
  const held: DatabaseSync[] = [];
  const close = (): void => {
    for (const db of held.splice(0).reverse()) db.close();
  };
  const refuse = <F>(fault: F): Result<never, F> => {
    close();
    return err(fault);
  };
  const open = (path: string): DatabaseSync => {
    prepareFiles(path);
    held.push(takeLock(path));
    const db = connect(path);
    held.push(db);
    return db;
  };
  let path = file;
  try {
    const log = open(path);
    const fault = prepareStore(log, path);
    if (fault) return refuse(fault);
    const reader = createReader(log, null);
    path = files.keys;
    const ring = open(path);
    const table = prepareKeys(ring, path);
    if (!table.ok) return refuse(table.error);
    if (table.value.isEmpty()) return refuse(keyFault('keys-missing', path, file));
    const masters = openMasterKeys(table.value, path, files.master);
    if (!masters.ok) return refuse(masters.error);
    return ok({
      list: () => reading(() => ok(reader.list(undefined, EVERYTHING))),
      read: (session) =>
        reading(() => {
          const stored = reader.read(session, 1, EVERYTHING);
          const keys = unwrapAll(masters.value, session, table.value.ofSession(session));
          const entries = keys === null ? 'damaged' : unsealAll(keys, session, stored);
          return entries === 'damaged' || entries === 'no-key' ? err('damaged' as const) : ok(entries);
        }),
      close,
    });
  } catch (error) {
    return refuse(storeFaultOf(error, path));
  }
}

function reading<T>(find: () => Result<T, ReadFault>): Result<T, ReadFault> {
  try {
    return find();
  } catch (error) {
    return err(readFaultOf(error));
  }
}
