/** A tab's storage in memory that can be full. For tests. */

import type { StorageLike } from './tab-storage.ts';

export interface FakeStorage extends StorageLike {
  readonly items: Map<string, string>;
  readonly writes: number;
}

/** @param room the UTF-16 code units that one value may have */
export function createFakeStorage(room = Number.POSITIVE_INFINITY): FakeStorage {
  const items = new Map<string, string>();
  let writes = 0;
  return {
    items,
    get writes() {
      return writes;
    },
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      writes += 1;
      if (value.length > room) throw new Error('QuotaExceededError');
      items.set(key, value);
    },
    removeItem(key) {
      items.delete(key);
    },
  };
}
