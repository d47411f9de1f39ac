/** JSON in the tab's storage, which may be full, switched off, or hold what another version wrote. */

/** The part of `sessionStorage` that is used. */
export interface StorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Where one value is kept. Without a storage (a shared phone) nothing is, and nothing is ever found. */
export interface StoredValue {
  /** What was stored, not yet checked; null where there is nothing or it is not JSON. */
  read(): unknown;
  /** Whether it was written. */
  write(value: unknown): boolean;
  remove(): void;
}

export function storedValue(storage: StorageLike | null, key: string): StoredValue {
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      // Private modes and full disks throw; the words are in memory all the same.
      return otherwise;
    }
  };
  return {
    read: () =>
      attempt((): unknown => {
        const raw = storage?.getItem(key) ?? null;
        return raw === null ? null : JSON.parse(raw);
      }, null),
    write: (value) =>
      attempt(() => {
        storage?.setItem(key, JSON.stringify(value));
        return storage !== null;
      }, false),
    remove: () => attempt(() => storage?.removeItem(key), undefined),
  };
}
