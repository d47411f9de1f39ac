import type { Millis, Seat, TurnId } from '../ids.ts';
import type { Fact } from '../session/events/index.ts';

/**
 * One entry of a session's log. Events and updates share one order; a snapshot stands for the updates before it,
 * which are gone from the log once their turn has ended.
 */
export type Entry = EventEntry | UpdateEntry | SnapshotEntry;

interface Place {
  /** 1, 2, 3 …; where updates were replaced by a snapshot their numbers are missing. */
  readonly seq: number;
  readonly at: Millis;
}

export interface EventEntry extends Place {
  readonly kind: 'event';
  readonly fact: Fact;
  /**
   * The key of the command that caused it, on the last event of that command; a repeat of it has no effect. It is made
   * of the command's id and its seat, and does not tell the seat.
   */
  readonly command: string | null;
}

export interface UpdateEntry extends Place {
  readonly kind: 'update';
  readonly seat: Seat;
  readonly turn: TurnId;
  readonly clientId: number;
  /** Clocks of `clientId` before and after; equal where words were only deleted. */
  readonly from: number;
  readonly to: number;
  /** What Yjs emitted when it was applied (v1 encoding). */
  readonly bytes: Uint8Array;
}

export interface SnapshotEntry extends Place {
  readonly kind: 'snapshot';
  readonly owners: readonly { readonly clientId: number; readonly seat: Seat; readonly clock: number }[];
  /** Who holds the pen of the turns that are open: the updates that told it are gone. */
  readonly pens: readonly { readonly turn: TurnId; readonly clientId: number }[];
  /** The whole document, garbage-collected (v1 encoding). */
  readonly bytes: Uint8Array;
}

/** An entry that has no place yet. */
export type NewEntry =
  | Omit<EventEntry, 'seq' | 'at'>
  | Omit<UpdateEntry, 'seq' | 'at'>
  | Omit<SnapshotEntry, 'seq' | 'at'>;
