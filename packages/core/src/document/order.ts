/** Where new words may stand (rules D10, D12 and D14). */

import { type Doc, findIndexSS, type GC, getState, Item, type Text } from 'yjs';
import type { RefusalCode } from './codes.ts';
import type { Id } from './decode.ts';

export const sameId = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/** The held text and its author, before the update. */
export interface Held {
  readonly store: Doc['store'];
  readonly text: Text;
  readonly root: string;
  readonly author: number;
  /** The author's next clock in the store. */
  readonly state: number;
}

/**
 * The order of the held text's characters, tombstones included, as it will be once the runs placed so far are in.
 *
 * A run that names two neighbours which do not touch makes Yjs walk the text between them, once per run: seconds of
 * work for kilobytes. An honest editor of a text with one writer always names two that touch, so nothing is lost by
 * refusing the rest, and one look at the follower of the left one decides. The store is not touched: runs of this
 * update lie over it in `followers`, at most two entries a run.
 */
export class TextOrder {
  /** Clock after the last run placed: everything of the author below it can be a neighbour. */
  private end: number;
  private start: Id | null | undefined = undefined;
  private followers: Map<number, Map<number, Id | null>> | null = null;
  private readonly held: Held;

  constructor(held: Held) {
    this.held = held;
    this.end = held.state;
  }

  /**
   * Whether a run may stand between these two; null at the text's start and end.
   * @param root the root that the run names, null where it names a neighbour instead
   */
  faultBetween(left: Id | null, right: Id | null, root: string | null): RefusalCode | null {
    if (left === null && right === null && root !== this.held.root) return 'wrong-root';
    const leftFault = left === null ? null : this.faultOf(left);
    if (leftFault !== null) return leftFault;
    // Followers of a character in the held text are in the held text: no second look is needed.
    if (sameId(this.after(left), right)) return null;
    return (right === null ? null : this.faultOf(right)) ?? 'not-adjacent';
  }

  /** Puts a run of `length` characters from `first` on between two that `faultBetween` had nothing against. */
  place(first: Id, length: number, left: Id | null, right: Id | null): void {
    if (left === null) this.start = first;
    else this.follow(left, first);
    this.end = first.clock + length;
    this.follow({ client: first.client, clock: this.end - 1 }, right);
  }

  private follow(left: Id, right: Id | null): void {
    this.followers ??= new Map();
    let ofClient = this.followers.get(left.client);
    if (ofClient === undefined) {
      ofClient = new Map();
      this.followers.set(left.client, ofClient);
    }
    ofClient.set(left.clock, right);
  }

  private isNew(id: Id): boolean {
    return id.client === this.held.author && id.clock >= this.held.state;
  }

  /** Compares the type, not its name: the parent is copied from one neighbour only, and names can be made up. */
  private faultOf(id: Id): RefusalCode | null {
    if (this.isNew(id)) return id.clock < this.end ? null : 'unknown-origin';
    const record = recordAt(this.held.store, id);
    if (record === null) return 'unknown-origin';
    if (!(record instanceof Item)) return 'gc-origin';
    return record.parent === this.held.text && record.parentSub === null ? null : 'wrong-root';
  }

  /** The character after one that `faultOf` had nothing against; the first one for null. */
  private after(left: Id | null): Id | null {
    if (left === null) return this.start === undefined ? (this.held.text._start?.id ?? null) : this.start;
    const placed = this.followers?.get(left.client)?.get(left.clock);
    if (placed !== undefined) return placed;
    // Every run's last character has a follower of its own, so this one is inside its run.
    if (this.isNew(left)) return { client: left.client, clock: left.clock + 1 };
    const record = recordAt(this.held.store, left);
    if (!(record instanceof Item)) return null;
    if (left.clock + 1 < record.id.clock + record.length)
      return { client: left.client, clock: left.clock + 1 };
    return record.right?.id ?? null;
  }
}

/** The store's record that holds a character, or null where the store does not know it. O(log n). */
function recordAt(store: Doc['store'], id: Id): Item | GC | null {
  const records = store.clients.get(id.client);
  if (records === undefined || id.clock >= getState(store, id.client)) return null;
  return records[findIndexSS(records, id.clock)] ?? null;
}
