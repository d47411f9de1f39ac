import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '@mend/core';
import { bytes, integer, type Row, sessionIdOf } from '../store/sqlite-row.ts';
import { WRAPPED_BYTES } from './master-key.ts';

/**
 * Wrapped keys are only added at the end, and overwritten in place by as many bytes: SQLite leaves copies of rows
 * that it moves, and a destroyed key must be in no file (see store/migrations/0001-log.ts). A canary is there for
 * every master key that may have wrapped something. Forward only: never change one, add one.
 */
export const keyMigrations: readonly string[] = [
  `
CREATE TABLE data_key (id INTEGER PRIMARY KEY, session TEXT NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE INDEX data_key_of_session ON data_key (session);
CREATE TABLE canary (master TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE unfinished (session TEXT PRIMARY KEY) STRICT;
`,
];

/** A key as it lies in the file; all zeros once it was destroyed. */
export interface WrappedKey {
  readonly number: number;
  readonly wrapped: Uint8Array;
}

const WIPED = `zeroblob(${WRAPPED_BYTES})`;

/** The SQL of the keys. Throws what SQLite throws, and DamagedRow. */
export function keyTable(db: DatabaseSync) {
  const ofSession = db.prepare('SELECT id, wrapped FROM data_key WHERE session = ? ORDER BY id');
  const insert = db.prepare('INSERT INTO data_key (session, wrapped) VALUES (?, ?)');
  const wipe = db.prepare(
    `UPDATE data_key SET wrapped = ${WIPED} WHERE session = ? AND id < ? AND wrapped <> ${WIPED}`,
  );
  const replace = db.prepare('UPDATE data_key SET wrapped = ? WHERE id = ?');
  const page = db.prepare(
    `SELECT id, session, wrapped FROM data_key WHERE id > ? AND wrapped <> ${WIPED} ORDER BY id LIMIT ?`,
  );
  const any = db.prepare('SELECT id FROM data_key LIMIT 1');
  const canaries = db.prepare('SELECT master, wrapped FROM canary');
  const putCanary = db.prepare('INSERT OR REPLACE INTO canary (master, wrapped) VALUES (?, ?)');
  const dropCanaries = db.prepare('DELETE FROM canary WHERE master <> ?');
  const mark = db.prepare('INSERT OR IGNORE INTO unfinished (session) VALUES (?)');
  const unmark = db.prepare('DELETE FROM unfinished WHERE session = ?');
  const marked = db.prepare('SELECT session FROM unfinished ORDER BY session');

  return {
    /** In the order in which they were made, the destroyed ones among them. */
    ofSession: (session: SessionId): readonly WrappedKey[] => ofSession.all(session).map(wrappedOf),
    /** Its number. */
    add: (session: SessionId, wrapped: Uint8Array): number =>
      Number(insert.run(session, wrapped).lastInsertRowid),
    /** How many were destroyed. */
    wipe: (session: SessionId, below: number): number => Number(wipe.run(session, below).changes),
    replace: (number: number, wrapped: Uint8Array): void => void replace.run(wrapped, number),
    /** Keys of all sessions that were not destroyed, from a number on. */
    after: (number: number, limit: number): readonly (WrappedKey & { readonly session: SessionId })[] =>
      page.all(number, limit).map((row) => ({ ...wrappedOf(row), session: sessionIdOf(row, 'session') })),
    isEmpty: (): boolean => any.get() === undefined,
    canaries: (): readonly { readonly master: string; readonly wrapped: Uint8Array }[] =>
      canaries.all().map((row) => ({ master: String(row.master), wrapped: bytes(row, 'wrapped') })),
    putCanary: (master: string, wrapped: Uint8Array): void => void putCanary.run(master, wrapped),
    dropCanariesBut: (master: string): void => void dropCanaries.run(master),
    mark: (session: SessionId): void => void mark.run(session),
    unmark: (session: SessionId): void => void unmark.run(session),
    unfinished: (): readonly SessionId[] => marked.all().map((row) => sessionIdOf(row, 'session')),
  };
}

export type KeyTable = ReturnType<typeof keyTable>;

const wrappedOf = (row: Row): WrappedKey => ({ number: integer(row, 'id'), wrapped: bytes(row, 'wrapped') });
