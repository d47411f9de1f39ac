import type { DatabaseSync } from 'node:sqlite';
import { type FaultWords, trip } from './faults.ts';
import { type Answer, type Operation, refuseAll } from './group-commit.ts';
import type {
  AppendOutcome,
  CannotWrite,
  CreateOutcome,
  EntryKind,
  EraseOutcome,
  NewEntry,
  WriteFault,
} from './log-store.ts';
import { writeFaultOf } from './sqlite-error.ts';
import { integer, kindNumber, type Row, wrapBody } from './sqlite-row.ts';

/** What a batch came to. `wipe`: words were replaced or erased, and the WAL must be truncated. */
export interface BatchResult {
  readonly answers: readonly Answer[];
  readonly wipe: boolean;
  /** The disk failed: nothing may be written any more through this connection. */
  readonly failure: string | null;
}

type Append = Extract<Operation, { type: 'append' }>;
/** How many rows `update_body` has, and how many of them still hold words. */
interface UpdateRows {
  all: number;
  live: number;
}

/** As long as the part of a row that can lie inside the b-tree, see migrations/0001-log.ts. */
const FILLER = new Uint8Array(4061);

/** The SQL of the writing side: one batch is one transaction. Used by one thread, with a connection of its own. */
export function createBatchWriter(db: DatabaseSync, faults: FaultWords | null) {
  const find = db.prepare('SELECT id, head, erased FROM session WHERE name = ?');
  const insertSession = db.prepare(
    'INSERT INTO session (name, head, created_at, updated_at) VALUES (?, 0, ?, ?)',
  );
  const advance = db.prepare('UPDATE session SET head = ?, updated_at = ? WHERE id = ?');
  const bury = db.prepare(
    'UPDATE session SET head = 0, created_at = 0, updated_at = 0, erased = 1 WHERE id = ?',
  );
  const insertEntry = db.prepare('INSERT INTO entry (session, seq, kind, at, body) VALUES (?, ?, ?, ?, ?)');
  const insertBody = {
    event: db.prepare('INSERT INTO event_body (body) VALUES (?)'),
    update: db.prepare('INSERT INTO update_body (body) VALUES (?)'),
    snapshot: db.prepare('INSERT INTO snapshot_body (filler, body) VALUES (?, ?)'),
    remains: db.prepare('INSERT INTO event_body (body) VALUES (?)'),
  };
  // In place and of the same length: this is what keeps every copy of the words in one known spot.
  const blank = (table: string, ...kinds: readonly EntryKind[]) =>
    db.prepare(`UPDATE ${table} SET body = zeroblob(length(body))
      WHERE id IN (SELECT body FROM entry WHERE session = ? AND seq < ? AND kind IN (${kinds.map(kindNumber).join()}))`);
  const blankEvents = blank('event_body', 'event', 'remains');
  const blankUpdates = blank('update_body', 'update');
  const deleteSnapshots = db.prepare(`DELETE FROM snapshot_body
    WHERE id IN (SELECT body FROM entry WHERE session = ? AND seq < ? AND kind = ${kindNumber('snapshot')})`);
  const deleteReplaced = db.prepare(
    `DELETE FROM entry WHERE session = ? AND seq < ? AND kind <> ${kindNumber('event')}`,
  );
  const deleteEntries = db.prepare('DELETE FROM entry WHERE session = ?');
  const countUpdates = db.prepare(
    `SELECT count(*) AS "all", coalesce(sum(substr(body, 1, 1) = x'01'), 0) AS live FROM update_body`,
  );
  const liveUpdates = db.prepare(
    `SELECT id, body FROM update_body WHERE substr(body, 1, 1) = x'01' ORDER BY id`,
  );
  const emptyUpdates = db.prepare('DELETE FROM update_body');
  const putUpdate = db.prepare('INSERT INTO update_body (id, body) VALUES (?, ?)');

  /** Null when they cannot be counted (a damaged page): then the table is never emptied, only overwritten. */
  let updates = count();
  let added: UpdateRows = { all: 0, live: 0 };
  let wipe = false;

  function count(): UpdateRows | null {
    try {
      const row: Row = countUpdates.get() ?? {};
      return { all: integer(row, 'all'), live: integer(row, 'live') };
    } catch {
      return null;
    }
  }

  function transaction<T>(work: () => T): T {
    added = { all: 0, live: 0 };
    wipe = false;
    trip(faults, 'begin');
    db.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      trip(faults, 'commit');
      db.exec('COMMIT');
      if (updates !== null) updates = { all: updates.all + added.all, live: updates.live + added.live };
      return value;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  function create(name: string, at: number): CreateOutcome {
    if (find.get(name) !== undefined) return { ok: false, why: 'exists' };
    insertSession.run(name, at, at);
    return { ok: true };
  }

  function append(request: Append, fallen: boolean): AppendOutcome {
    const row = find.get(request.session);
    if (row === undefined || integer(row, 'erased') === 1) return { ok: false, why: 'gone', head: 0 };
    const head = integer(row, 'head');
    if (fallen || head !== request.expect) return { ok: false, why: 'conflict', head };
    const last = request.entries.at(-1);
    if (last === undefined) return { ok: true, head };
    const id = integer(row, 'id');
    for (const [index, entry] of request.entries.entries()) put(id, head + 1 + index, entry);
    const reached = head + request.entries.length;
    advance.run(reached, last.at, id);
    return { ok: true, head: reached };
  }

  function put(session: number, seq: number, { kind, at, body }: NewEntry): void {
    const stored = wrapBody(session, seq, body);
    if (kind === 'snapshot') {
      replaceWords(session, seq);
      deleteReplaced.run(session, seq);
    }
    if (kind === 'remains') {
      replaceWords(session, seq);
      blankEvents.run(session, seq);
      deleteEntries.run(session);
    }
    const { lastInsertRowid } =
      kind === 'snapshot' ? insertBody.snapshot.run(FILLER, stored) : insertBody[kind].run(stored);
    if (kind === 'update') added = { all: added.all + 1, live: added.live + 1 };
    insertEntry.run(session, seq, kindNumber(kind), at, lastInsertRowid);
  }

  function replaceWords(session: number, before: number): void {
    const { changes } = blankUpdates.run(session, before);
    added = { ...added, live: added.live - Number(changes) };
    deleteSnapshots.run(session, before);
    wipe = true;
  }

  function erase(name: string): EraseOutcome {
    const row = find.get(name);
    if (row === undefined || integer(row, 'erased') === 1) return { ok: true, existed: false };
    const id = integer(row, 'id');
    replaceWords(id, Number.MAX_SAFE_INTEGER);
    blankEvents.run(id, Number.MAX_SAFE_INTEGER);
    deleteEntries.run(id);
    bury.run(id);
    return { ok: true, existed: true };
  }

  function answer(operation: Operation, earlier: readonly Answer[]): Answer {
    switch (operation.type) {
      case 'create':
        return { type: 'create', outcome: create(operation.session, operation.at) };
      case 'append': {
        const fallen =
          operation.doomed || operation.after.some((index) => earlier[index]?.outcome.ok === false);
        return { type: 'append', outcome: append(operation, fallen) };
      }
      case 'erase':
        return { type: 'erase', outcome: erase(operation.session) };
    }
  }

  function answerAll(batch: readonly Operation[]): readonly Answer[] {
    const answers: Answer[] = [];
    for (const operation of batch) {
      trip(faults, 'write');
      answers.push(answer(operation, answers));
    }
    return answers;
  }

  /** A damaged page under one session must not stop the others: each operation gets a transaction of its own. */
  function oneByOne(batch: readonly Operation[]): BatchResult {
    const answers: Answer[] = [];
    let wipeAny = false;
    let failure: string | null = null;
    for (const operation of batch) {
      try {
        if (failure !== null) throw new Error(failure);
        answers.push(transaction(() => answer(operation, answers)));
        wipeAny ||= wipe;
      } catch (error) {
        const reason = writeFaultOf(error);
        if (reason === 'io') failure = String(error);
        answers.push(...refuseAll([operation], cannotWrite(reason)));
      }
    }
    return { answers, wipe: wipeAny, failure };
  }

  return {
    run(batch: readonly Operation[]): BatchResult {
      try {
        const answers = transaction(() => answerAll(batch));
        return { answers, wipe, failure: null };
      } catch (error) {
        const reason = writeFaultOf(error);
        if (reason === 'damaged' && batch.length > 1) return oneByOne(batch);
        const failure = reason === 'io' ? String(error) : null;
        return { answers: refuseAll(batch, cannotWrite(reason)), wipe: false, failure };
      }
    },

    /**
     * Gives back the room of overwritten updates, when there is little else in their table. A rewrite touches at
     * most a third of what was appended since the last one, so its cost is a constant for each update.
     */
    tidy(): void {
      if (updates === null || updates.all === updates.live || updates.all < 3 * updates.live) return;
      transaction(() => {
        const live = liveUpdates.all();
        emptyUpdates.run();
        for (const { id, body } of live) putUpdate.run(id ?? null, body ?? null);
        added = { all: live.length - (updates?.all ?? 0), live: 0 };
      });
    },
  };
}

export type BatchWriter = ReturnType<typeof createBatchWriter>;

export const cannotWrite = (reason: WriteFault): CannotWrite => ({ ok: false, why: 'cannot-write', reason });
