/**
 * Words that could not be sent, kept for the person who wrote them and nobody else: in memory, and in the tab's
 * storage where there is one, so that they outlive a reload. On a shared phone there is none.
 */

import * as z from 'zod/mini';
import { createListeners } from './listeners.ts';
import { type StorageLike, storedValue } from './tab-storage.ts';
import { uuid } from './uuid.ts';

const draftSchema = z.object({
  id: z.string(),
  /** The turn they were meant for. */
  turn: z.string(),
  /** The words that were not sent. */
  words: z.string(),
  /** The turn's whole text, as its writer saw it. */
  whole: z.string(),
  /** By this device's clock, in milliseconds: to show, not to order by. */
  savedAt: z.number(),
  /** The server had them and lost them, so others may have seen them. */
  wasShown: z.optional(z.boolean()),
});
const storedSchema = z.object({ version: z.literal(1), drafts: z.array(z.unknown()) });

export type Draft = Readonly<z.infer<typeof draftSchema>>;

export interface Drafts {
  /** Returns null where there are no words to keep, and the draft that is there where it says the same. */
  save(words: Pick<Draft, 'turn' | 'words' | 'whole' | 'wasShown'>): Draft | null;
  /** Other words in a draft's place. Without words it is discarded; an unknown id changes nothing. */
  revise(id: string, words: string): void;
  discard(id: string): void;
  /** All, in the order of saving. The same array until something changes. */
  list(): readonly Draft[];
  /** Forgets every one, here and in the storage: on leaving. */
  clear(): void;
  /** Whether all of them would be there after a reload. */
  surviveReload(): boolean;
  subscribe(listener: () => void): () => void;
}

/** More than anybody writes; the oldest give way. */
const MOST_DRAFTS = 40;
/** UTF-16 code units in the storage: browsers allow 2.5 million for everything. */
const MOST_STORED = 1_000_000;

export function createDrafts(options: {
  readonly storage: StorageLike | null;
  readonly session: string;
  readonly now?: () => number;
}): Drafts {
  const { storage, session, now = Date.now } = options;
  const stored = storedValue(storage, `mend:${session}:drafts`);
  const listeners = createListeners();
  let drafts: readonly Draft[] = readDrafts(stored.read());
  /** Words that others may have seen. They can go back into a turn and come out again: seen they were all the same. */
  let shown = drafts.filter((draft) => draft.wasShown).map(({ words }) => words);
  let complete = storage !== null;

  function become(next: readonly Draft[]): void {
    drafts = next.slice(-MOST_DRAFTS);
    complete = writeNewest();
    listeners.tell();
  }

  /** Writes as many of the newest as the storage takes, and says whether that was all. */
  function writeNewest(): boolean {
    if (drafts.length === 0) {
      stored.remove();
      return storage !== null;
    }
    let size = 0;
    const fitting = drafts.toReversed().filter(({ words, whole }) => {
      size += words.length + whole.length;
      return size <= MOST_STORED;
    });
    for (let count = fitting.length; count > 0; count = Math.floor(count / 2)) {
      const some = fitting.slice(0, count).reverse();
      if (stored.write({ version: 1, drafts: some })) return count === drafts.length;
    }
    return false;
  }

  return {
    save({ turn, words, whole, wasShown = false }) {
      if (words.trim() === '') return null;
      if (wasShown) shown = [...shown, words];
      const seen = shown.some((piece) => words.includes(piece));
      const same = drafts.find((draft) => draft.turn === turn && draft.words === words);
      if (same && (same.wasShown || !seen)) return same;
      const fresh = { id: uuid(), turn, words, whole, savedAt: now() };
      const draft: Draft = { ...(same ?? fresh), wasShown: seen };
      become([...drafts.filter((other) => other !== same), draft]);
      return draft;
    },
    revise(id, words) {
      const old = drafts.find((draft) => draft.id === id);
      if (old === undefined || old.words === words) return;
      const rest = drafts.filter((draft) => draft.id !== id);
      become(
        words.trim() === '' ? rest : drafts.map((draft) => (draft.id === id ? { ...draft, words } : draft)),
      );
    },
    discard(id) {
      const rest = drafts.filter((draft) => draft.id !== id);
      if (rest.length < drafts.length) become(rest);
    },
    list: () => drafts,
    clear() {
      shown = [];
      become([]);
    },
    surviveReload: () => complete,
    subscribe: listeners.add,
  };
}

/** What can still be read: a draft that cannot costs the others nothing. */
function readDrafts(raw: unknown): readonly Draft[] {
  const stored = storedSchema.safeParse(raw);
  if (!stored.success) return [];
  return stored.data.drafts.flatMap((one) => {
    const draft = draftSchema.safeParse(one);
    return draft.success ? [draft.data] : [];
  });
}
