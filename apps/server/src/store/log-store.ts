import type { Result, SessionId } from '@mend/core';

/**
 * The port of the session log. One session is one ordered log: seq 1, 2, 3 and so on, `head` the last one given.
 * SPEC.md of the core has its laws (L) by number; test/contract/log-store.test.ts holds every implementation to them.
 *
 * Nothing here throws for something that can happen: every outcome is a value from a closed list.
 */

/**
 * `event`: a fact, kept. `update`: words as they were typed. `snapshot`: stands for all updates before it.
 * `remains`: what is left of a session of which nothing is kept; stands for every entry before it.
 */
export type EntryKind = 'event' | 'update' | 'snapshot' | 'remains';

export interface NewEntry {
  /** Milliseconds since the Unix epoch, by the proposer's clock. Order is by seq, never by time. */
  readonly at: number;
  readonly kind: EntryKind;
  readonly body: Uint8Array;
}

export interface StoredEntry extends NewEntry {
  readonly seq: number;
}

export interface AppendRequest {
  readonly session: SessionId;
  /** The head the proposer judged the entries against. The store accepts at exactly that head, or not at all. */
  readonly expect: number;
  /** Accepted whole or not at all. An empty list asks only whether the head is still `expect`. */
  readonly entries: readonly NewEntry[];
}

export interface SessionRow {
  readonly session: SessionId;
  readonly head: number;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** `at` of the newest entry, or `createdAt` before the first. */
  readonly updatedAt: number;
}

/**
 * Why nothing was written. `disk-full`, `read-only` and `busy` may pass by themselves: try again later.
 * `damaged`: the pages under this session cannot be read. `io`: the disk failed or the writer died; this store
 * accepts nothing more, since a second fsync after a failed one lies: the process must end and open it anew.
 * With `io` the write may yet be found at the next start; with every other reason it is certainly not there.
 */
export type WriteFault = 'disk-full' | 'read-only' | 'damaged' | 'busy' | 'io' | 'closed';
/** Why nothing was read. `damaged` concerns the session asked for; others go on. */
export type ReadFault = 'damaged' | 'busy' | 'io' | 'closed';

export interface CannotWrite {
  readonly ok: false;
  readonly why: 'cannot-write';
  readonly reason: WriteFault;
}

export type CreateOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'exists' }
  | CannotWrite;

/**
 * `conflict`: the head is another one, nothing was written; read from there, fold, **judge again**, and only then
 * try anew. `gone`: never created, or erased. `head` is the head the store judged against (0 when gone).
 */
export type AppendOutcome =
  | { readonly ok: true; readonly head: number }
  | { readonly ok: false; readonly why: 'conflict' | 'gone'; readonly head: number }
  | CannotWrite;

export type EraseOutcome = { readonly ok: true; readonly existed: boolean } | CannotWrite;

export interface LogStore {
  /** Makes an empty log. `exists` also for an id that was erased: ids are never given twice. */
  create(session: SessionId, at: number): Promise<CreateOutcome>;
  /**
   * Durable when it resolves ok; shares its commit with all other sessions that wait. Appends of one session may
   * be chained without waiting (expect n, then n + k): one that fails takes those down that were built on it while
   * it was under way, even when somebody else has brought the head to the number they expect.
   *
   * A `snapshot` entry replaces, in the same commit, all `update` and `snapshot` entries of its session with a
   * lower seq; their seqs stay as holes, events stay. A `remains` entry replaces every entry before it. Within one
   * second the bytes of what was replaced are in no file of the store.
   */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** Up to `limit` entries with seq >= `fromSeq`, in seq order. Empty for an unknown or erased session. */
  read(
    session: SessionId,
    fromSeq: number,
    limit: number,
  ): Promise<Result<readonly StoredEntry[], ReadFault>>;
  /** Null for an unknown or erased session. */
  get(session: SessionId): Promise<Result<SessionRow | null, ReadFault>>;
  /** Up to `limit` sessions with an id greater than `after`, in byte order of ids. */
  list(page: {
    readonly after?: SessionId;
    readonly limit: number;
  }): Promise<Result<readonly SessionRow[], ReadFault>>;
  /**
   * Resolves ok once the entries are in no file of the store. Appends answer `gone` from then on. After `busy` or
   * `io` they may be unreadable already and their bytes not yet gone: ask again.
   */
  erase(session: SessionId): Promise<EraseOutcome>;
  /** Whether both the reading and the writing side answer. False once the store has failed or is closed. */
  ping(): Promise<boolean>;
  /** Writes everything that was asked for before, then lets go of the files. Later calls answer `closed`. */
  close(): Promise<void>;
}
