import {
  type Entry,
  type EntryKind,
  encodeEntry,
  evolve,
  kindOf,
  type Millis,
  type NewEntry,
  type Session,
} from '@mend/core';
import { createOutbox, type Outbox } from './outbox.ts';
import { type Passing, unwatched } from './write-point.ts';

/** What an append may come to, as the actor needs to know it. */
export type Appended = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** The store as one session sees it. */
export type AppendEntries = (
  expect: number,
  entries: readonly { readonly at: Millis; readonly kind: EntryKind; readonly body: Uint8Array }[],
) => Promise<Appended>;

/**
 * A session's log as it is being written: entries are folded at once, and what would show them waits in the outbox
 * until they are durable. One that cannot be written makes everything after it worthless, so the journal is lost
 * with it.
 */
export interface Journal {
  readonly session: () => Session;
  readonly outbox: Outbox;
  add(entries: readonly NewEntry[], at: Millis): void;
}

export function createJournal(
  loaded: Session,
  append: AppendEntries,
  lost: (why: string) => void,
  passing: Passing = unwatched,
): Journal {
  let session = loaded;
  let broken = false;
  const outbox = createOutbox(loaded.head);
  function lose(why: string): void {
    if (broken) return;
    broken = true;
    lost(why);
  }
  return {
    session: () => session,
    outbox,
    add(entries, at) {
      if (broken) throw new Error('the journal is lost');
      const expect = session.head;
      const stored = entries.map((entry) => ({ at, kind: kindOf(entry), body: encodeEntry(entry) }));
      for (const entry of entries) session = evolve(session, placed(entry, session.head + 1, at));
      const reached = session.head;
      const asked = append(expect, stored);
      passing('append-asked');
      asked
        .then((outcome) => {
          if (broken) return;
          if (!outcome.ok) return lose(outcome.why);
          passing('durable');
          outbox.durable(reached);
        })
        // The store threw, or something that was sent did: a bug, and this session alone pays for it.
        .catch(() => lose('fault'));
    },
  };
}

const placed = (entry: NewEntry, seq: number, at: Millis): Entry => ({ ...entry, seq, at });
