import { useSyncExternalStore } from 'react';
import type { TabPreference } from './tab-preference.ts';

/** The wish as it is now. */
export const useTabPreference = <T extends string>(preference: TabPreference<T>): T =>
  useSyncExternalStore(preference.subscribe, preference.read);
