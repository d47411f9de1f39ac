import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@mend/core';
import { configure, isOurs, migrate, versionOf, whatIsMissing } from '../store/sqlite-file.ts';
import { type StoreFault, storeFault } from '../store/store-fault.ts';
import { type KeyFault, keyFault } from './key-fault.ts';
import { newMasterKey, readKeyFile, removeDraft, writeKeyFile } from './key-file.ts';
import { type KeyTable, keyMigrations, keyTable } from './key-table.ts';
import { type MasterKey, type MasterKeys, unwrap, wrap } from './master-key.ts';

/** Name under which a canary is wrapped; no session has it. */
const CANARY = '\0canary';
/** It is no secret: only its being readable says something. */
const CANARY_WORDS = Buffer.from('the master key opens its keys ok');

/** Brings the file of the wrapped keys to this build's form. Throws what SQLite throws. */
export function prepareKeys(db: DatabaseSync, path: string): Result<KeyTable, StoreFault> {
  if (!isOurs(db)) return err(storeFault('cannot-open', path, "it is another program's database"));
  const version = versionOf(db);
  if (version > keyMigrations.length) {
    const detail = `it has version ${version}, this build knows ${keyMigrations.length}`;
    return err(storeFault('newer', path, detail));
  }
  configure(db);
  const missing = whatIsMissing(db);
  if (missing !== null) return err(storeFault('not-durable', path, missing));
  migrate(db, path, keyMigrations);
  return ok(keyTable(db));
}

/**
 * The master keys, after each one that has wrapped something was seen to open its canary. At the first start, when
 * nothing was ever wrapped, one is made, unless a file was put there before.
 */
export function openMasterKeys(table: KeyTable, path: string, keyFile: string): Result<MasterKeys, KeyFault> {
  const canaries = table.canaries();
  if (canaries.length === 0 && !table.isEmpty())
    return err(keyFault('keys-damaged', path, 'it does not say which master key it needs'));
  removeDraft(keyFile);
  const read = readKeyFile(keyFile);
  if (!read.ok) return read;
  if (read.value === null && canaries.length > 0) return err(keyFault('key-missing', keyFile, path));
  const masters: MasterKeys = read.value ?? [newMasterKey()];
  if (read.value === null) {
    const written = writeKeyFile(keyFile, masters);
    if (!written.ok) return written;
  }
  for (const { wrapped } of canaries) {
    const words = unwrap(masters, CANARY, wrapped);
    if (words === null || !CANARY_WORDS.equals(words)) return err(keyFault('key-wrong', keyFile, path));
  }
  // Before anything is wrapped by it: from then on no start goes on without it.
  if (!canaries.some(({ master }) => master === masters[0].id)) setCanary(table, masters[0]);
  return ok(masters);
}

export function setCanary(table: KeyTable, master: MasterKey): void {
  table.putCanary(master.id, wrap(master, CANARY, CANARY_WORDS));
}
