/** A set of functions to be told. One that is added or removed while the others are being told changes nothing for this time. */
export interface Listeners<Told extends readonly unknown[]> {
  /** Returns the function that takes the listener away again. */
  add(listener: (...told: Told) => void): () => void;
  tell(...told: Told): void;
}

export function createListeners<Told extends readonly unknown[] = []>(): Listeners<Told> {
  const all = new Set<(...told: Told) => void>();
  return {
    add(listener) {
      // Wrapped, so that one function may be added twice and taken away once.
      const own = (...told: Told): void => listener(...told);
      all.add(own);
      return () => {
        all.delete(own);
      };
    },
    tell(...told) {
      for (const listener of [...all]) listener(...told);
    },
  };
}
