import { readShelf, type ShelfEntry } from '../http/record.ts';
import { useReading } from './use-reading.ts';

/** `null` while it is fetched, and `missing` where it did not come. */
export type ShelfState = readonly ShelfEntry[] | 'missing' | null;

/** What there is to do together. */
export function useShelf(): { readonly shelf: ShelfState; readonly again: () => void } {
  const { value, again } = useReading(readShelf);
  if (value === null) return { shelf: null, again };
  return { shelf: value.ok ? value.value.exercises : 'missing', again };
}
