import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Something that is fetched when the screen opens, and again when asked for: null while it is on its way. `read` must
 * stay the same function for as long as the same thing is meant. An answer that something newer has overtaken is dropped.
 */
export function useReading<T>(read: () => Promise<T>): {
  readonly value: T | null;
  readonly again: () => void;
} {
  const [value, setValue] = useState<T | null>(null);
  const newest = useRef(0);
  const again = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    setValue(null);
    void read().then((answer) => {
      if (mine === newest.current) setValue(() => answer);
    });
  }, [read]);
  useEffect(() => {
    again();
    return () => {
      newest.current += 1;
    };
  }, [again]);
  return { value, again };
}
