import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@mend/core';
import { storeFaultOf } from '../store/sqlite-error.ts';
import { connect, prepareFiles, takeLock } from '../store/sqlite-file.ts';
import { type StoreFault, storeFault } from '../store/store-fault.ts';
import { type KeyFault, keyFault } from './key-fault.ts';
import { newMasterKey, writeKeyFile } from './key-file.ts';
import { openMasterKeys, prepareKeys, setCanary } from './key-store-file.ts';
import type { KeyTable } from './key-table.ts';
import { type MasterKey, type MasterKeys, masterOf, unwrap, wrap } from './master-key.ts';

/** After each of these a rotation may be interrupted; it goes on from there when it is run again. */
export const ROTATION_STEPS = [
  'key-added',
  'canary-set',
  'rewrapped',
  'wiped',
  'canary-dropped',
  'key-dropped',
] as const;
export type RotationStep = (typeof ROTATION_STEPS)[number];

export interface Rotated {
  /** How many data keys were wrapped anew by this run. */
  readonly rewrapped: number;
  /** One that was interrupted before was brought to its end, and no new one was begun. */
  readonly resumed: boolean;
}

/** How many keys are wrapped anew in one commit: `rewrapped` comes after each. */
const PAGE = 200;

/**
 * Gives the data keys a new master key. The server must be stopped: it holds the lock. Between any two steps every
 * data key can be read with the key file as it is; the old master key goes when nothing is wrapped by it any more.
 */
export function rotateMasterKey(
  path: string,
  keyFile: string,
  reached: (step: RotationStep) => void = () => {},
): Result<Rotated, StoreFault | KeyFault> {
  const held: DatabaseSync[] = [];
  const nothing = storeFault('cannot-open', path, 'it holds no keys yet');
  try {
    if (!existsSync(path)) return err(nothing);
    prepareFiles(path);
    held.push(takeLock(path));
    const db = connect(path);
    held.push(db);
    const table = prepareKeys(db, path);
    if (!table.ok) return table;
    if (table.value.canaries().length === 0) return err(nothing);
    const masters = openMasterKeys(table.value, path, keyFile);
    if (!masters.ok) return masters;
    return rotate({ db, path, keyFile, table: table.value, reached }, masters.value);
  } catch (error) {
    return err(storeFaultOf(error, path));
  } finally {
    for (const db of held.reverse()) db.close();
  }
}

interface Rotation {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly keyFile: string;
  readonly table: KeyTable;
  readonly reached: (step: RotationStep) => void;
}

function rotate(rotation: Rotation, found: MasterKeys): Result<Rotated, StoreFault | KeyFault> {
  const { db, path, keyFile, table, reached } = rotation;
  const resumed = found.length > 1;
  const masters: MasterKeys = resumed ? found : [newMasterKey(), found[0]];
  const [current] = masters;
  if (!resumed) {
    const added = writeKeyFile(keyFile, masters);
    if (!added.ok) return added;
    reached('key-added');
  }
  setCanary(table, current);
  reached('canary-set');
  const { rewrapped, unreadable } = rewrapAll(rotation, masters);
  // The old key stays: with a backup of its line, these may be put right.
  if (unreadable > 0) return err(keyFault('keys-damaged', path, `${unreadable} of them cannot be read`));
  if (db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy !== 0) return err(storeFault('locked', path));
  reached('wiped');
  table.dropCanariesBut(current.id);
  reached('canary-dropped');
  const dropped = writeKeyFile(keyFile, [current]);
  if (!dropped.ok) return dropped;
  reached('key-dropped');
  return ok({ rewrapped, resumed });
}

function rewrapAll({ db, table, reached }: Rotation, masters: MasterKeys) {
  const [current] = masters;
  let rewrapped = 0;
  let unreadable = 0;
  for (let last = 0; ; ) {
    const page = table.after(last, PAGE);
    if (page.length === 0) return { rewrapped, unreadable };
    db.exec('BEGIN IMMEDIATE');
    for (const { number, session, wrapped } of page) {
      last = number;
      if (masterOf(wrapped) === current.id) continue;
      const anew = rewrap(masters, current, session, wrapped);
      if (anew === null) unreadable += 1;
      else {
        table.replace(number, anew);
        rewrapped += 1;
      }
    }
    db.exec('COMMIT');
    reached('rewrapped');
  }
}

function rewrap(
  masters: MasterKeys,
  current: MasterKey,
  session: string,
  wrapped: Uint8Array,
): Uint8Array | null {
  const raw = unwrap(masters, session, wrapped);
  if (raw === null) return null;
  const anew = wrap(current, session, raw);
  raw.fill(0);
  return anew;
}
