import {
  type Entry,
  emptySession,
  evolve,
  millis,
  readStored,
  type Session,
  type SessionId,
  writableTurn,
} from '@mend/core';
import type { StoredEntry } from '@mend/server/store';
import * as Y from 'yjs';
import { marksIn } from './edits.ts';

/** Reads the log as it becomes durable, apart from the server, and says what is wrong with it. */
export interface Witness {
  /** Takes in what has been committed since the last time. */
  read(entries: readonly StoredEntry[]): void;
  /** Words that have been durable at some time. */
  readonly words: ReadonlySet<string>;
  readonly session: () => Session;
  textOf(turn: string): string;
}

export function createWitness(id: SessionId, at: number): Witness {
  let session = emptySession(id, millis(at));
  let doc = new Y.Doc();
  const words = new Set<string>();
  /** False where a snapshot has replaced updates: then it is all there is to compare. */
  let complete = true;

  function take(entry: Entry): void {
    if (entry.kind === 'update') {
      const open = writableTurn(session, entry.seat, entry.at);
      if (open?.id !== entry.turn)
        throw new Error(`entry ${entry.seq}: words of ${entry.seat} outside its floor`);
      if (open.pen !== null && open.pen !== entry.clientId)
        throw new Error(`entry ${entry.seq}: a second pen`);
      Y.applyUpdate(doc, entry.bytes);
      for (const word of marksIn(doc.getText(`turn:${entry.turn}`).toString())) words.add(word);
    }
    if (entry.kind === 'snapshot') {
      const fresh = new Y.Doc();
      Y.applyUpdate(fresh, entry.bytes);
      for (const turn of session.turns) {
        const [kept, before] = [fresh, doc].map((one) => one.getText(`turn:${turn.id}`).toString());
        if (complete && kept !== before)
          throw new Error(`entry ${entry.seq}: the snapshot is not what was written`);
      }
      doc = fresh;
    }
    if (doc.store.pendingStructs || doc.store.pendingDs)
      throw new Error(`entry ${entry.seq}: something is pending`);
    session = evolve(session, entry);
  }

  return {
    words,
    session: () => session,
    textOf: (turn) => doc.getText(`turn:${turn}`).toString(),
    read(entries) {
      for (const stored of entries) {
        if (stored.seq <= session.head) continue;
        complete &&= stored.seq === session.head + 1;
        take(readStored(stored));
      }
    },
  };
}
