/**
 * Whether everything that was written here is durable on the server, as far as can honestly be said.
 *
 * Words are saved up to the clock that the server names in `saved`. That says nothing of deletions, which do not
 * advance a clock, and it may be lost with the connection that carries it. So the server is also asked on the
 * document's own connection: a SyncStep1 whose state vector stops at the clock that is known to be saved. Its answer,
 * which waits until what it shows is durable, holds the words from there on and the whole delete set. A deletion
 * counts as saved when an answer shows it, or when words that were typed after it are saved: a connection's updates
 * are taken in order.
 */

import * as Y from 'yjs';

export interface SavedMark {
  /** The server says that this client's words are durable up to `clock`. */
  acknowledge(clock: number): void;
  /** An answer to a SyncStep1: what it shows is durable. */
  learn(update: Uint8Array): void;
  /** The server's state vector shows words up to `clock`: accepted, though perhaps not yet durable. */
  accept(clock: number): void;
  /**
   * A new connection's first state vector shows words up to `clock`. What the server lost is no longer saved: words
   * that were durable before the connection was opened stand in it, or nowhere.
   */
  greet(clock: number, durableBefore: number): void;
  /** The clock up to which the server is known to have accepted this client's words. */
  accepted(): number;
  /** The clock up to which they are known to be durable. */
  durable(): number;
  isSaved(): boolean;
  /** The state vector to ask with. */
  question(): Uint8Array;
  destroy(): void;
}

interface Deletion {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  /** The own clock before the transaction that deleted. */
  readonly since: number;
}

export function createSavedMark(doc: Y.Doc): SavedMark {
  const own = doc.clientID;
  let saved = 0;
  let accepted = 0;
  let deletions: readonly Deletion[] = [];

  const written = (): number => Y.getState(doc.store, own);

  function watch(transaction: Y.Transaction): void {
    if (!transaction.local || transaction.deleteSet.clients.size === 0) return;
    const since = transaction.beforeState.get(own) ?? 0;
    const made = [...transaction.deleteSet.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }): Deletion => ({ client, clock, length: len, since })),
    );
    deletions = [...deletions, ...made];
  }

  function acknowledge(clock: number): void {
    saved = Math.max(saved, Math.min(clock, written()));
    deletions = deletions.filter(({ since }) => since >= saved);
  }

  doc.on('afterTransaction', watch);

  return {
    acknowledge,
    learn(update) {
      const { from, to } = Y.parseUpdateMeta(update);
      const first = from.get(own);
      // Words that begin behind the mark would leave a hole in front of them.
      if (first !== undefined && first <= saved) acknowledge(to.get(own) ?? 0);
      const { ds } = Y.decodeUpdate(update);
      deletions = deletions.filter((deletion) => !isCovered(ds, deletion));
    },
    accept(clock) {
      accepted = Math.max(accepted, clock);
    },
    greet(clock, durableBefore) {
      accepted = clock;
      if (clock < durableBefore) saved = clock;
    },
    accepted: () => Math.max(accepted, saved),
    durable: () => saved,
    isSaved: () => saved >= written() && deletions.length === 0,
    question() {
      const vector = Y.decodeStateVector(Y.encodeStateVector(doc));
      if (saved > 0) vector.set(own, saved);
      else vector.delete(own);
      return Y.encodeStateVector(vector);
    },
    destroy() {
      doc.off('afterTransaction', watch);
    },
  };
}

/** Ranges of a delete set are merged where they touch, but only on a peer that has sorted it. */
function isCovered(ds: ReturnType<typeof Y.createDeleteSet>, deletion: Deletion): boolean {
  for (let clock = deletion.clock; clock < deletion.clock + deletion.length; ) {
    const ranges = ds.clients.get(deletion.client) ?? [];
    const range = ranges.find((one) => one.clock <= clock && clock < one.clock + one.len);
    if (range === undefined) return false;
    clock = range.clock + range.len;
  }
  return true;
}
