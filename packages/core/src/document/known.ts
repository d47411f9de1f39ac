/** Words that the server has already and is sent again (rule D13). */

import { ContentString, type Doc, findIndexSS, Item } from 'yjs';
import type { WireStruct } from './decode.ts';
import { sameId } from './order.ts';

/** How many of the store's records may still be looked at for this update (rule D20). */
export interface Budget {
  visits: number;
}

/**
 * Whether the part of a run below the server's state is what the store holds under the same clocks. Yjs would skip
 * it unread; the comparison finds two documents that share a clientID, whose words would silently get lost.
 *
 * Neighbours are compared character by character, since both sides split and join records as they please: inside a
 * run the left neighbour is the character before. What was deleted on either side has no words left to compare.
 */
export function isAsKnown(doc: Doc, author: number, state: number, run: WireStruct, budget: Budget): boolean {
  const records = doc.store.clients.get(author);
  if (records === undefined) return false;
  const end = Math.min(run.clock + run.length, state);
  const parent = run.root === null ? null : doc.share.get(run.root);
  let index = findIndexSS(records, run.clock);
  let clock = run.clock;
  while (clock < end) {
    const record = records[index++];
    budget.visits -= 1;
    if (!(record instanceof Item) || budget.visits < 0) return false;
    const before = { client: author, clock: clock - 1 };
    const skip = clock - record.id.clock;
    const claimed = clock === run.clock ? run.origin : before;
    if (!sameId(skip === 0 ? record.origin : before, claimed)) return false;
    if (!sameId(record.rightOrigin, run.rightOrigin)) return false;
    if (parent !== null && record.parent !== parent) return false;
    const stop = Math.min(record.id.clock + record.length, end);
    if (run.words !== null && !record.deleted && record.content instanceof ContentString) {
      const theirs = run.words.slice(clock - run.clock, stop - run.clock);
      if (!areSameWords(theirs, record.content.str.slice(skip, skip + theirs.length))) return false;
    }
    clock = stop;
  }
  return true;
}

const REPLACEMENT = 0xfffd;
const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Yjs writes U+FFFD over both halves of a pair that is split, on each side whenever it comes to it. */
function areSameWords(a: string, b: string): boolean {
  if (a === b) return true;
  for (let i = 0; i < a.length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    const isSplitPair = (x === REPLACEMENT && isHalf(y)) || (y === REPLACEMENT && isHalf(x));
    if (x !== y && !isSplitPair) return false;
  }
  return true;
}
