import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../http/failure.ts';
import { readRecord, readShelf, type SessionRecord, type ShelfEntry } from '../../http/record.ts';

export type RecordState =
  | { readonly is: 'reading' }
  | { readonly is: 'here'; readonly record: SessionRecord; readonly shelf: readonly ShelfEntry[] }
  | { readonly is: 'not-here'; readonly why: Failure };

/** What was said, and the names of the exercises in it. Without the names the words are shown all the same. */
export function useRecord(session: string): { readonly state: RecordState; readonly again: () => void } {
  const [state, setState] = useState<RecordState>({ is: 'reading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to read again.
  useEffect(() => {
    let current = true;
    const show = async (): Promise<void> => {
      const [record, shelf] = await Promise.all([readRecord(session), readShelf()]);
      if (!current) return;
      setState(
        record.ok
          ? { is: 'here', record: record.value, shelf: shelf.ok ? shelf.value.exercises : [] }
          : { is: 'not-here', why: record.error },
      );
    };
    void show();
    return () => {
      current = false;
    };
  }, [session, attempt]);
  const again = useCallback(() => {
    setState({ is: 'reading' });
    setAttempt((count) => count + 1);
  }, []);
  return { state, again };
}
