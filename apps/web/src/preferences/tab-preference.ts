import { createListeners } from '../session/listeners.ts';

/** A wish of this person about how the page looks or what it keeps; lives as long as the tab, and goes on leaving. */
export interface TabPreference<T extends string> {
  read(): T;
  choose(value: T): void;
  subscribe(listener: () => void): () => void;
}

/**
 * @param options.values what may be stored; anything else counts as nothing
 * @param options.apply what follows from it, now and after each change
 */
export function tabPreference<const T extends string>(options: {
  readonly key: string;
  readonly values: readonly T[];
  readonly otherwise: T;
  readonly apply?: (value: T) => void;
}): TabPreference<T> {
  const { key, values, otherwise, apply } = options;
  const listeners = createListeners();
  let current = stored() ?? otherwise;

  function stored(): T | undefined {
    try {
      const raw = sessionStorage.getItem(key);
      return values.find((value) => value === raw);
    } catch {
      // A browser that keeps nothing: the wish lasts as long as the page.
      return undefined;
    }
  }

  apply?.(current);
  return {
    read: () => current,
    choose(value) {
      current = value;
      try {
        sessionStorage.setItem(key, value);
      } catch {
        // As above.
      }
      apply?.(value);
      listeners.tell();
    },
    subscribe: listeners.add,
  };
}
