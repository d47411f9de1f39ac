/** What a delete set may take away (rules D18 and D19). */

import { type Doc, findIndexSS, type GC, getState, Item, type Text } from 'yjs';
import type { GuardCode } from './codes.ts';
import type { Id, WireDeletions, WireStruct } from './decode.ts';
import type { Budget } from './known.ts';

/** The author's part of the update, and the one text in which anything may be deleted. */
export interface Deleter {
  readonly doc: Doc;
  readonly text: Text | null;
  readonly author: number;
  /** The author's next clock before and after this update's structs. */
  readonly state: number;
  readonly end: number;
  /** The update's structs, ascending. */
  readonly structs: readonly WireStruct[];
}

export interface Deletion {
  /** Visible UTF-16 code units of the store that go. */
  removed: number;
  /** UTF-16 code units of words that come and go in this same update. */
  withdrawn: number;
  /** Whether any record of the store that was not deleted is. */
  changes: boolean;
}

export interface DeletionFault {
  readonly code: GuardCode;
  readonly at: number;
  readonly id: Id;
}

/** O(ranges + store records that they cover), which is what Yjs itself pays. */
export function judgeDeletions(
  deleter: Deleter,
  sets: readonly WireDeletions[],
  budget: Budget,
): Deletion | DeletionFault {
  const total: Deletion = { removed: 0, withdrawn: 0, changes: false };
  for (const { at, client, ranges } of sets) {
    const known = getState(deleter.doc.store, client);
    const reach = client === deleter.author ? deleter.end : known;
    const fresh = new FreshWords(client === deleter.author ? deleter.structs : []);
    const cursor: Cursor = { records: deleter.doc.store.clients.get(client) ?? [], index: 0 };
    for (let i = 0; i < ranges.length; i += 2) {
      const clock = ranges[i] ?? 0;
      const end = clock + (ranges[i + 1] ?? 0);
      if (end > reach) {
        const code = client === deleter.author ? 'ds-gap' : 'ds-unknown';
        return { code, at, id: { client, clock: reach } };
      }
      if (clock < known) {
        const fault = judgeRange(deleter.text, cursor, clock, end, budget, total);
        if (fault !== null) return { code: fault.code, at, id: { client, clock: fault.clock } };
      }
      if (end > known) total.withdrawn += fresh.between(Math.max(clock, known), end);
    }
  }
  return total;
}

/** Where the last range of this client ended. */
interface Cursor {
  readonly records: (Item | GC)[];
  index: number;
}

/** Ranges ascend, and the next one is mostly a few records on: a search each costs more than the rest of the work. */
const NEAR = 4;

function seek(cursor: Cursor, clock: number): void {
  for (let steps = 0; steps < NEAR; steps++) {
    const record = cursor.records[cursor.index + steps];
    if (record === undefined || record.id.clock > clock) break;
    if (clock < record.id.clock + record.length) {
      cursor.index += steps;
      return;
    }
  }
  cursor.index = findIndexSS(cursor.records, clock);
}

/** Adds one range's share to `total`. `end` may lie beyond the store: what is new there belongs to the held text. */
function judgeRange(
  text: Text | null,
  cursor: Cursor,
  clock: number,
  end: number,
  budget: Budget,
  total: Deletion,
): { code: GuardCode; clock: number } | null {
  seek(cursor, clock);
  for (; cursor.index < cursor.records.length; cursor.index++) {
    const record = cursor.records[cursor.index];
    if (record === undefined || record.id.clock >= end) break;
    budget.visits -= 1;
    if (budget.visits < 0) return { code: 'too-many-visits', clock: record.id.clock };
    // Every client's whole delete set comes back in its first reply: what is gone already is free, whoever's it was.
    if (record.deleted) continue;
    // By parent, not by author: the holder may take back what an earlier connection of theirs has written.
    if (!(record instanceof Item) || text === null || record.parent !== text || record.parentSub !== null) {
      return { code: 'ds-outside', clock: record.id.clock };
    }
    const from = Math.max(record.id.clock, clock);
    const to = Math.min(record.id.clock + record.length, end);
    total.changes = true;
    if (record.countable) total.removed += to - from;
  }
  return null;
}

/** Counts words of this update's own runs inside ranges that are asked for in ascending order. */
class FreshWords {
  private index = 0;
  private readonly structs: readonly WireStruct[];

  constructor(structs: readonly WireStruct[]) {
    this.structs = structs;
  }

  between(clock: number, end: number): number {
    let units = 0;
    for (;;) {
      const struct = this.structs[this.index];
      if (struct === undefined || struct.clock >= end) return units;
      const stop = struct.clock + struct.length;
      if (struct.words !== null && stop > clock) units += Math.min(stop, end) - Math.max(struct.clock, clock);
      // A run that goes on beyond this range may meet the next one too.
      if (stop > end) return units;
      this.index += 1;
    }
  }
}
