import { readStored, type SessionId, type StoredEntry } from '@mend/core';
import type { LogStore, SessionRow } from '../store/log-store.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';

export interface AlarmDeps {
  readonly store: LogStore;
  readonly directory: Directory;
  readonly clock: Clock;
}

const EVERY_MS = 10 * 60_000;
/** Longer than two people may take to decide: what was quiet for so long was looked at before, or at the start. */
const LONGEST_WAIT_MS = 26 * 60 * 60_000;
const PAGE = 100;
/** A pause between pages, so that people come first. */
const BREATH_MS = 20;

/**
 * Wakes sessions that nobody is in when the time to decide about them is over: what was promised to be gone by then
 * must not stay because nobody came back. Looks at all of them once at the start, since the server may have been down.
 * Returns what ends it.
 */
export function keepDeadlines({ store, directory, clock }: AlarmDeps): () => void {
  let isOver = false;
  let callOff: (() => void) | null = null;
  const breathe = () => new Promise<void>((resolve) => void clock.after(BREATH_MS, resolve));

  async function lookAt(row: SessionRow): Promise<void> {
    const tail = await store.read(row.session, Math.max(1, row.head - 1), 2);
    if (!tail.ok) return;
    if (tail.value.some(mayBeUndecided)) {
      const found = await directory.open(row.session);
      // One that is in memory has an alarm of its own, but that goes by how time was when it was set.
      if (found.ok) found.value.catchUp();
    }
  }

  async function look(since: number): Promise<void> {
    let after: SessionId | undefined;
    while (!isOver) {
      const page = await store.list(after === undefined ? { limit: PAGE } : { after, limit: PAGE });
      if (!page.ok) return;
      for (const row of page.value) if (row.updatedAt >= since) await lookAt(row);
      after = page.value.at(-1)?.session;
      if (page.value.length < PAGE) return;
      await breathe();
    }
  }

  function again(since: number): void {
    // What cannot be read now is looked at the next time.
    const rest = () => {
      if (isOver) return;
      callOff = clock.after(EVERY_MS, () => again(clock.now() - LONGEST_WAIT_MS));
    };
    look(since).then(rest, rest);
  }

  again(0);
  return () => {
    isOver = true;
    callOff?.();
  };
}

/** Such a session ends with its seal, or with the wish of one of the two. */
function mayBeUndecided(stored: StoredEntry): boolean {
  if (stored.kind !== 'event') return false;
  try {
    const entry = readStored(stored);
    if (entry.kind !== 'event') return false;
    const { fact } = entry;
    return fact.type === 'saving-chosen' || (fact.type === 'session-sealed' && fact.decideBy !== null);
  } catch {
    return false;
  }
}
