import { useCallback } from 'react';
import { useReading } from '../../hooks/use-reading.ts';
import type { Failure } from '../../http/failure.ts';
import { readRecord, readShelf, type SessionRecord, type ShelfEntry } from '../../http/record.ts';

export type RecordState =
  | { readonly is: 'reading' }
  | { readonly is: 'here'; readonly record: SessionRecord; readonly shelf: readonly ShelfEntry[] }
  | { readonly is: 'not-here'; readonly why: Failure };

/** What was said, and the names of the exercises in it. Without the names the words are shown all the same. */
export function useRecord(session: string): { readonly state: RecordState; readonly again: () => void } {
  const read = useCallback(() => Promise.all([readRecord(session), readShelf()]), [session]);
  const { value, again } = useReading(read);
  if (value === null) return { state: { is: 'reading' }, again };
  const [record, shelf] = value;
  if (!record.ok) return { state: { is: 'not-here', why: record.error }, again };
  const named = shelf.ok ? shelf.value.exercises : [];
  return { state: { is: 'here', record: record.value, shelf: named }, again };
}
