import { createSecretKey, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result, type SessionId } from '@mend/core';
import type { FaultWords } from '../store/faults.ts';
import { readFaultOf, storeFaultOf } from '../store/sqlite-error.ts';
import { connect, prepareFiles, takeLock } from '../store/sqlite-file.ts';
import { type StoreFault, storeFault } from '../store/store-fault.ts';
import { KeyCache } from './key-cache.ts';
import { type KeyFault, keyFault } from './key-fault.ts';
import type { KeyOperation } from './key-operation.ts';
import type { DataKey, KeyRing } from './key-ring.ts';
import { openMasterKeys, prepareKeys } from './key-store-file.ts';
import type { KeyTable, WrappedKey } from './key-table.ts';
import { type KeyWriterThread, startKeyWriter } from './key-writer-thread.ts';
import { isWiped, KEY_BYTES, type MasterKeys, unwrap, wrap } from './master-key.ts';

export interface KeyRingOptions {
  /** The file of the wrapped keys. */
  readonly path: string;
  /** The file of the master key. */
  readonly keyFile: string;
  /** The log store that these keys are for, for the sentence of a fault; null where it holds no session. */
  readonly filledStore: string | null;
  /** Told once, when the disk or the writer failed and nothing more will be accepted: the process should end. */
  readonly onFailed?: (detail: string) => void;
  /** Tests only, see store/faults.ts. */
  readonly faults?: FaultWords;
}

/** Opens, and makes if need be, the file of the wrapped keys. Every fault is a value; nothing is left open then. */
export async function openSqliteKeyRing(
  options: KeyRingOptions,
): Promise<Result<KeyRing, StoreFault | KeyFault>> {
  const { path, keyFile, filledStore, onFailed = () => {}, faults = null } = options;
  const held: DatabaseSync[] = [];
  const refuse = (fault: StoreFault | KeyFault): Result<KeyRing, StoreFault | KeyFault> => {
    for (const db of held.reverse()) db.close();
    return err(fault);
  };
  try {
    prepareFiles(path);
    held.push(takeLock(path));
    const db = connect(path);
    held.push(db);
    const table = prepareKeys(db, path);
    if (!table.ok) return refuse(table.error);
    if (table.value.isEmpty() && filledStore !== null)
      return refuse(keyFault('keys-missing', path, filledStore));
    const masters = openMasterKeys(table.value, path, keyFile);
    if (!masters.ok) return refuse(masters.error);
    db.exec('PRAGMA query_only = ON');
    const writer = await startKeyWriter(path, faults, onFailed);
    if (writer === null)
      return refuse(storeFault('cannot-open', path, 'the writer ended before it was ready'));
    return ok(compose(held, db, table.value, masters.value, writer));
  } catch (error) {
    return refuse(storeFaultOf(error, path));
  }
}

function compose(
  held: readonly DatabaseSync[],
  db: DatabaseSync,
  table: KeyTable,
  masters: MasterKeys,
  writer: KeyWriterThread,
): KeyRing {
  const cache = new KeyCache();
  let closing: Promise<void> | null = null;

  async function write(operation: KeyOperation) {
    const answer = await writer.run(operation);
    // Before anybody is told: who asks next must see what was written.
    cache.forget(operation.session);
    return answer;
  }

  async function add(type: 'make' | 'renew', session: SessionId): ReturnType<KeyRing['make']> {
    const raw = randomBytes(KEY_BYTES);
    const wrapped = wrap(masters[0], session, raw);
    raw.fill(0);
    const answer = await write({ type, session, wrapped });
    return answer.ok ? ok(answer.done === 'destroyed' ? 'destroyed' : 'ready') : answer;
  }

  async function destroy(operation: KeyOperation): ReturnType<KeyRing['destroy']> {
    const answer = await write(operation);
    return answer.ok ? ok(answer.done === 'waiting' ? 'waiting' : 'wiped') : answer;
  }

  async function close(): Promise<void> {
    // The writer's connection must be the last one, so that SQLite takes the WAL into the file and removes it.
    db.close();
    await writer.close();
    for (const other of held) if (other !== db) other.close();
  }

  return {
    keysOf: (session) => {
      const known = cache.get(session);
      if (known !== undefined) return ok(known);
      if (closing !== null) return err('closed');
      try {
        const keys = unwrapAll(masters, session, table.ofSession(session));
        if (keys === null) return err('damaged');
        if (keys.length > 0) cache.set(session, keys);
        return ok(keys);
      } catch (error) {
        return err(readFaultOf(error));
      }
    },
    make: (session) => add('make', session),
    renew: (session) => add('renew', session),
    destroy: (session) => destroy({ type: 'destroy', session }),
    destroyBefore: (session, number) => destroy({ type: 'destroy-before', session, number }),
    unfinished: () => {
      try {
        return ok(table.unfinished());
      } catch (error) {
        return err(readFaultOf(error));
      }
    },
    finish: async (session) => {
      const answer = await write({ type: 'finish', session });
      return answer.ok ? ok(null) : answer;
    },
    ping: () => writer.ping(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Null when one of them is not what was wrapped for this session. */
export function unwrapAll(
  masters: MasterKeys,
  session: SessionId,
  stored: readonly WrappedKey[],
): readonly DataKey[] | null {
  const keys: DataKey[] = [];
  for (const { number, wrapped } of stored) {
    if (isWiped(wrapped)) continue;
    const raw = unwrap(masters, session, wrapped);
    if (raw === null) return null;
    keys.push({ number, key: createSecretKey(raw) });
    raw.fill(0);
  }
  return keys;
}
