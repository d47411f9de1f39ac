import { check, type GuardVerdict, rootOf, type Session, type TurnId } from '@mend/core';
import * as Y from 'yjs';

/** A session's shared document on the server: garbage-collected, changed only by what the guard let through. */
export interface SharedDocument {
  judge(update: Uint8Array, clientId: number, writable: TurnId | null): GuardVerdict;
  /** Applies what the guard said to apply; answers what Yjs emitted, or null if nothing changed. */
  apply(update: Uint8Array): Uint8Array | null;
  /** Makes the root text of a turn, which the guard asks to be there. */
  open(turn: TurnId): void;
  textOf(turn: TurnId): string;
  vector(): Uint8Array;
  /** Everything that a client with this state vector does not have. */
  since(vector: Uint8Array): Uint8Array;
  snapshot(): Uint8Array;
  knows(clientId: number): boolean;
  destroy(): void;
}

export function createDocument(updates: Iterable<Uint8Array>, session: Session): SharedDocument {
  const doc = new Y.Doc({ gc: true });
  // Above 2^32, where no honest client draws its clientID from.
  doc.clientID = 2 ** 33 + Math.floor(Math.random() * 2 ** 32);
  let emitted: Uint8Array | null = null;
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  // Words that wait for words the log does not have: a damaged log, which must not be served as if it were whole.
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error('the log has a hole');
  for (const turn of session.turns) doc.getText(rootOf(turn.id));
  doc.on('update', (bytes: Uint8Array) => {
    emitted = bytes;
  });
  return {
    judge: (update, clientId, writable) =>
      check(doc, update, { clientId, writable: writable === null ? null : rootOf(writable) }),
    apply(update) {
      emitted = null;
      Y.applyUpdate(doc, update);
      return emitted;
    },
    open: (turn) => void doc.getText(rootOf(turn)),
    textOf: (turn) => doc.getText(rootOf(turn)).toString(),
    vector: () => Y.encodeStateVector(doc),
    since: (vector) => Y.encodeStateAsUpdate(doc, vector),
    snapshot: () => Y.encodeStateAsUpdate(doc),
    knows: (clientId) => Y.getState(doc.store, clientId) > 0,
    destroy: () => doc.destroy(),
  };
}
