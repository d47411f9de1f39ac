import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '@mend/core';
import { type FaultWords, trip } from './faults.ts';
import type { SessionRow, StoredEntry } from './log-store.ts';
import { bytes, integer, kindOf, type Row, sessionIdOf, unwrapBody } from './sqlite-row.ts';

/** The SQL of the reading side. Throws what SQLite throws, and DamagedRow. */
export function createReader(db: DatabaseSync, faults: FaultWords | null) {
  const find = db.prepare('SELECT * FROM session WHERE name = ? AND erased = 0');
  const page = db.prepare('SELECT * FROM session WHERE name > ? AND erased = 0 ORDER BY name LIMIT ?');
  const entries = db.prepare(`
    SELECT seq, at, kind, CASE kind
      WHEN 0 THEN (SELECT body FROM event_body WHERE id = entry.body)
      WHEN 1 THEN (SELECT body FROM update_body WHERE id = entry.body)
      WHEN 2 THEN (SELECT body FROM snapshot_body WHERE id = entry.body)
      WHEN 3 THEN (SELECT body FROM event_body WHERE id = entry.body)
    END AS body
    FROM entry WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?`);
  const answers = db.prepare('SELECT count(*) FROM (SELECT id FROM session LIMIT 1)');

  return {
    get(session: SessionId): SessionRow | null {
      trip(faults, 'read');
      const row = find.get(session);
      return row === undefined ? null : sessionOf(row);
    },
    list(after: SessionId | undefined, limit: number): readonly SessionRow[] {
      trip(faults, 'read');
      return page.all(after ?? '', Math.max(0, limit)).map(sessionOf);
    },
    read(session: SessionId, fromSeq: number, limit: number): readonly StoredEntry[] {
      trip(faults, 'read');
      const row = find.get(session);
      if (row === undefined) return [];
      const id = integer(row, 'id');
      return entries.all(id, fromSeq, Math.max(0, limit)).map((entry) => entryOf(id, entry));
    },
    ping(): void {
      trip(faults, 'read');
      answers.get();
    },
  };
}

function sessionOf(row: Row): SessionRow {
  return {
    session: sessionIdOf(row, 'name'),
    head: integer(row, 'head'),
    createdAt: integer(row, 'created_at'),
    updatedAt: integer(row, 'updated_at'),
  };
}

function entryOf(session: number, row: Row): StoredEntry {
  const seq = integer(row, 'seq');
  return {
    seq,
    at: integer(row, 'at'),
    kind: kindOf(row, 'kind'),
    body: unwrapBody(session, seq, bytes(row, 'body')),
  };
}
