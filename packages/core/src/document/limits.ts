/** How much one update, and one turn's text, may hold (rule D20). */

/** Upper bounds that the guard holds an update to; each is the last value that is still accepted. */
export interface Limits {
  /** Bytes of one update, before decoding. */
  readonly updateBytes: number;
  /** Structs in one update, those the server knows already included. */
  readonly structs: number;
  /** Clocks (UTF-16 code units, deleted ones included) that one update may add. */
  readonly newClocks: number;
  /** Visible UTF-16 code units in the held text after the update. */
  readonly turnText: number;
  /** Ranges in one delete set, all clients together. */
  readonly ranges: number;
  /** Structs of the store that one update may make the guard look at. */
  readonly visited: number;
  /** Highest clock of any client: beyond it Yjs's own arithmetic on clocks stops being exact somewhere. */
  readonly highestClock: number;
}

export const LIMITS: Limits = {
  updateBytes: 512 * 1024,
  structs: 8_192,
  newClocks: 300_000,
  turnText: 60_000,
  ranges: 50_000,
  visited: 1_000_000,
  highestClock: 2 ** 31,
};

/**
 * Visible UTF-16 code units at which an editor stops taking words. Lower than the guard's limit, because a
 * refusal costs the writer a rebuilt document while an editor only has to say that the turn is full.
 */
export const EDITOR_TURN_TEXT = 50_000;
