/** What this tab remembers about itself. Nothing here is about what was written. */

import { createListeners } from './listeners.ts';
import { type StorageLike, storedValue } from './tab-storage.ts';

export interface TabSettings {
  /** Others use this phone too: unsent words are kept in memory alone, so a reload loses them. Off at first. */
  readonly sharedPhone: boolean;
}

export interface TabSettingsStore {
  /** The same object until something changes. */
  get(): TabSettings;
  set(change: Partial<TabSettings>): void;
  subscribe(listener: () => void): () => void;
}

const SHARED_PHONE = 'mend:shared-phone';

export function createTabSettings(storage: StorageLike | null): TabSettingsStore {
  const listeners = createListeners();
  const shared = storedValue(storage, SHARED_PHONE);
  let settings: TabSettings = { sharedPhone: shared.read() === 'on' };
  return {
    get: () => settings,
    set(change) {
      settings = { ...settings, ...change };
      shared.write(settings.sharedPhone ? 'on' : 'off');
      listeners.tell();
    },
    subscribe: listeners.add,
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

let ofThisTab: TabSettingsStore | null = null;

/** The one settings store of this tab. */
export function tabSettings(): TabSettingsStore {
  ofThisTab ??= createTabSettings(browserStorage());
  return ofThisTab;
}
