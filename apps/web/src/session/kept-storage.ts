/** The tab's storage for one session's words: closed while the phone is shared, emptied when it becomes so. */

import type { StorageLike } from './tab-storage.ts';

/** Whether others use this phone too: then unsent words are kept in memory alone, and a reload loses them. */
export interface SharedPhone {
  read(): 'on' | 'off';
  subscribe(listener: () => void): () => void;
}

export interface KeptStorage extends StorageLike {
  /** Takes everything away that is under its keys. */
  empty(): void;
  destroy(): void;
}

export function createKeptStorage(options: {
  readonly storage: StorageLike | null;
  readonly sharedPhone: SharedPhone;
  /** The keys that may be there from an earlier page. */
  readonly keys: readonly string[];
}): KeptStorage {
  const { storage, sharedPhone } = options;
  const keys = new Set(options.keys);
  const isOpen = (): boolean => storage !== null && sharedPhone.read() === 'off';

  function empty(): void {
    for (const key of keys) {
      try {
        storage?.removeItem(key);
      } catch {
        // A storage that cannot be reached holds nothing that could be taken away.
      }
    }
  }

  const closeIfShared = (): void => {
    if (!isOpen()) empty();
  };
  closeIfShared();
  const stop = sharedPhone.subscribe(closeIfShared);

  return {
    getItem: (key) => (isOpen() ? (storage?.getItem(key) ?? null) : null),
    setItem(key, value) {
      // To whoever writes it is as a full storage: the words stay in memory, and that is known.
      if (!isOpen()) throw new Error('shared phone');
      keys.add(key);
      storage?.setItem(key, value);
    },
    removeItem: (key) => storage?.removeItem(key),
    empty,
    destroy: stop,
  };
}

/** The browser's storage for this tab; null where it is switched off. */
export function browserStorage(): StorageLike | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
