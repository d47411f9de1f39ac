import {
  type Chain,
  emptyChain,
  emptySession,
  err,
  evolve,
  follow,
  millis,
  ok,
  type Result,
  readStored,
  type Session,
  type SessionId,
  type Shelf,
  UnreadableEntry,
} from '@mend/core';
import type { LogStore } from '../store/log-store.ts';
import { SessionActor } from './actor.ts';
import { createChainWriter } from './chain-writer.ts';
import type { Clock } from './clock.ts';
import type { StoredWords } from './read-document.ts';
import { type Passing, unwatched } from './write-point.ts';

/** Why a session cannot be had: it does not exist (or no longer), or the store cannot be read. */
export type Unavailable = 'unknown' | 'cannot-read';

export interface DirectoryDeps {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly shelf: Shelf;
  /** Told when a session's log could not be written; never with a word of it. */
  readonly onLost: (session: SessionId, why: string) => void;
  /** Tests only, see write-point.ts. */
  readonly passing?: Passing;
}

/** How many entries are read from the store at a time. */
const PAGE = 500;
/** How long a session that nobody is in stays in memory. */
const IDLE_MS = 60_000;

/** The sessions that are in memory: one actor each, loaded from the log when somebody comes. */
export interface Directory {
  open(id: SessionId): Promise<Result<SessionActor, Unavailable>>;
  /** Called when the actor of a session was lost, with the seats' channels that were on it. */
  onDismissed(listen: (id: SessionId, reason: string) => void): void;
  /** Opens nothing more; resolves when everything taken in is durable and everybody was let go. */
  closeAll(reason: string): Promise<void>;
  /** How many sessions are in memory. */
  size(): number;
}

export function createDirectory(deps: DirectoryDeps): Directory {
  const actors = new Map<SessionId, Promise<Result<SessionActor, Unavailable>>>();
  /** Which actor an entry of `actors` came to: one that was let go of must not take its successor with it. */
  const current = new Map<SessionId, SessionActor>();
  const listeners = new Set<(id: SessionId, reason: string) => void>();
  let isClosing = false;

  async function load(id: SessionId): Promise<Result<SessionActor, Unavailable>> {
    const row = await deps.store.get(id);
    if (!row.ok) return err('cannot-read');
    if (!row.value) return err('unknown');
    const read = await readLog(deps.store, id, row.value.createdAt);
    if (!read.ok) return read;
    const { session, words, chain } = read.value;
    // A log whose end is missing must not be served as if it were whole.
    if (session.head < row.value.head) return err('cannot-read');
    const chained = createChainWriter(chain);
    const actor: SessionActor = new SessionActor(session, words, {
      clock: deps.clock,
      shelf: deps.shelf,
      passing: deps.passing ?? unwatched,
      append: (expect, entries) => deps.store.append({ session: id, expect, entries: chained(entries) }),
      lost: (why) => {
        deps.onLost(id, why);
        if (current.get(id) === actor) {
          current.delete(id);
          actors.delete(id);
        }
        actor.dismiss('cannot-write');
        for (const listen of listeners) listen(id, why);
      },
    });
    current.set(id, actor);
    actor.catchUp();
    return ok(actor);
  }

  /** Lets go of sessions that nobody has been in for a while; the log has everything. */
  function sweep(): void {
    deps.clock.after(IDLE_MS, () => {
      for (const [id, loading] of actors) void loading.then((found) => evict(id, found));
      sweep();
    });
  }

  const quiet = new WeakSet<SessionActor>();
  function evict(id: SessionId, found: Result<SessionActor, Unavailable>): void {
    if (!found.ok || !found.value.idle) return;
    // Idle at two looks in a row, so one that was just opened is not taken from under whoever opened it.
    if (!quiet.has(found.value)) {
      quiet.add(found.value);
      return;
    }
    found.value.whenDurable(() => {
      if (!found.value.idle) return;
      if (current.get(id) === found.value) {
        current.delete(id);
        actors.delete(id);
      }
      found.value.dismiss('idle');
    });
  }
  sweep();

  return {
    async open(id) {
      if (isClosing) return err('cannot-read');
      const known = actors.get(id);
      if (known) {
        const found = await known;
        if (found.ok && !found.value.over) {
          quiet.delete(found.value);
          return found;
        }
        if (actors.get(id) === known) actors.delete(id);
        if (!found.ok) return found;
      }
      const already = actors.get(id);
      if (already) return already;
      const loading = load(id).catch((cause: unknown) => {
        deps.onLost(id, cause instanceof UnreadableEntry ? 'unreadable' : 'load failed');
        return err('cannot-read' as const);
      });
      actors.set(id, loading);
      const found = await loading;
      if (!found.ok && actors.get(id) === loading) actors.delete(id);
      return found;
    },
    onDismissed: (listen) => void listeners.add(listen),
    async closeAll(reason) {
      isClosing = true;
      const letGo = async (loading: Promise<Result<SessionActor, Unavailable>>) => {
        const found = await loading;
        if (found.ok) await found.value.retire(reason);
      };
      await Promise.all([...actors.values()].map(letGo));
    },
    size: () => actors.size,
  };
}

/** Folds a stored log: the state, the Yjs bytes that make the document, and where its chain is. */
async function readLog(
  store: LogStore,
  id: SessionId,
  createdAt: number,
): Promise<Result<{ session: Session; words: StoredWords; chain: Chain }, Unavailable>> {
  let session = emptySession(id, millis(createdAt));
  let chain = emptyChain(id);
  let snapshot: Uint8Array | null = null;
  let updates: Uint8Array[] = [];
  for (;;) {
    const page = await store.read(id, session.head + 1, PAGE);
    if (!page.ok) return err('cannot-read');
    for (const stored of page.value) {
      const entry = readStored(stored);
      chain = follow(chain, stored);
      session = evolve(session, entry);
      if (entry.kind === 'update') updates.push(entry.bytes);
      if (entry.kind === 'snapshot') {
        snapshot = entry.bytes;
        updates = [];
      }
    }
    if (page.value.length < PAGE) return ok({ session, words: { snapshot, updates }, chain });
  }
}
