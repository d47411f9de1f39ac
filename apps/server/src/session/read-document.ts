import * as Y from 'yjs';

/** What a log holds of a document: its last snapshot, and the words since then, in order. */
export interface StoredWords {
  readonly snapshot: Uint8Array | null;
  readonly updates: readonly Uint8Array[];
}

export const NO_WORDS: StoredWords = { snapshot: null, updates: [] };

/** Bytes of updates up to which a document is put together twice when it is read, to take less room afterwards. */
const MOST_TOGETHER = 256 * 1024;

/** Throws where words wait for words that the log does not have: it is damaged, and must not be served as if whole. */
export function readDocument({ snapshot, updates: since }: StoredWords): Y.Doc {
  const updates = snapshot === null ? since : [snapshot, ...since];
  const together = updates.length > 1 && bytesOf(updates) <= MOST_TOGETHER ? joined(updates) : null;
  const doc = new Y.Doc({ gc: true });
  // Above 2^32, where no honest client draws its clientID from.
  doc.clientID = 2 ** 33 + Math.floor(Math.random() * 2 ** 32);
  applyAll(doc, together === null ? updates : [together]);
  if (isPending(doc)) throw new Error('the log has a hole');
  return doc;
}

export function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
}

/** Many updates leave Yjs with room for many records that have become a few, so they are brought together first. */
function joined(updates: readonly Uint8Array[]): Uint8Array | null {
  const doc = new Y.Doc({ gc: true });
  applyAll(doc, updates);
  const whole = isPending(doc) ? null : Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return whole;
}

const isPending = ({ store }: Y.Doc): boolean => store.pendingStructs !== null || store.pendingDs !== null;

const bytesOf = (updates: readonly Uint8Array[]): number =>
  updates.reduce((sum, update) => sum + update.length, 0);
