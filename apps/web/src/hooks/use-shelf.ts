import { useCallback, useEffect, useState } from 'react';
import { readShelf, type ShelfEntry } from '../http/record.ts';

/** `null` while it is fetched, and `missing` where it did not come. */
export type ShelfState = readonly ShelfEntry[] | 'missing' | null;

/** What there is to do together. */
export function useShelf(): { readonly shelf: ShelfState; readonly again: () => void } {
  const [shelf, setShelf] = useState<ShelfState>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt is a new one.
  useEffect(() => {
    let current = true;
    void readShelf().then((answer) => {
      if (current) setShelf(answer.ok ? answer.value.exercises : 'missing');
    });
    return () => {
      current = false;
    };
  }, [attempt]);
  const again = useCallback(() => {
    setShelf(null);
    setAttempt((count) => count + 1);
  }, []);
  return { shelf, again };
}
