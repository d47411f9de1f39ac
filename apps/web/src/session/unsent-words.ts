/**
 * What the holder has written that the server has not yet said to be saved, mirrored to the tab's storage so that it
 * outlives a reload or a killed tab. It is there only while something is unsaved.
 */

import * as z from 'zod/mini';
import { type StorageLike, storedValue } from './tab-storage.ts';

const unsentSchema = z.object({
  version: z.literal(1),
  turn: z.string(),
  /** The turn's text as its writer last saw it, half-composed words included. */
  whole: z.string(),
  /** The turn's text when all of it was last known to be saved. */
  base: z.string(),
});

export type Unsent = Readonly<Omit<z.infer<typeof unsentSchema>, 'version'>>;

export interface UnsentWords {
  /** What an earlier page of this tab left behind, until it is forgotten. */
  left(): Unsent | null;
  /** The words that were left are dealt with. */
  forget(): void;
  /** As if an earlier page had left this behind. */
  leave(unsent: Unsent): void;
  /** Mirrors these words, at most once in `every` milliseconds. In the storage they take the place of what was left. */
  keep(unsent: Unsent): void;
  /** All is saved: nothing is mirrored any more. */
  saved(): void;
  /** Writes what waits at once: the page is about to be hidden. */
  flush(): void;
}

export function createUnsentWords(options: {
  readonly storage: StorageLike | null;
  readonly session: string;
  /** Milliseconds between two writes. */
  readonly every?: number;
}): UnsentWords {
  const { storage, session, every = 250 } = options;
  const stored = storedValue(storage, `mend:${session}:unsent`);
  let left = readUnsent(stored.read());
  let waiting: Unsent | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== null) stored.write({ version: 1, ...waiting });
    waiting = null;
  }

  function drop(): void {
    clearTimeout(timer);
    timer = undefined;
    waiting = null;
    // What an earlier page left is not what was saved now.
    if (left === null) stored.remove();
  }

  return {
    left: () => left,
    forget() {
      left = null;
      if (waiting === null) stored.remove();
    },
    leave({ turn, whole, base }) {
      left = { turn, whole, base };
      waiting = left;
      write();
    },
    keep({ turn, whole, base }) {
      waiting = { turn, whole, base };
      timer ??= setTimeout(write, every);
    },
    saved: drop,
    flush: write,
  };
}

function readUnsent(raw: unknown): Unsent | null {
  const unsent = unsentSchema.safeParse(raw);
  if (!unsent.success) return null;
  const { turn, whole, base } = unsent.data;
  return { turn, whole, base };
}
