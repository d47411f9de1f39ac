/** How long the other person's connection has been missing. Short gaps are nobody's business, so they are not shown. */

import { createListeners } from './listeners.ts';

/** `short`: nothing is shown. `long`: there is something to choose. */
export type Absence = 'short' | 'catching-up' | 'long';

export interface AbsenceWatch {
  now(): Absence;
  /** `null`: cannot be known, as this device itself is not connected. */
  observe(isHere: boolean | null): void;
  /** The one who waits goes on waiting: nothing more is asked during this absence. */
  keepWaiting(): void;
  subscribe(listener: () => void): () => void;
  destroy(): void;
}

export const CATCHING_UP_AFTER = 15_000;
export const LONG_AFTER = 90_000;

export function createAbsenceWatch(): AbsenceWatch {
  const listeners = createListeners();
  let absence: Absence = 'short';
  let timers: readonly ReturnType<typeof setTimeout>[] = [];
  let running = false;

  function become(next: Absence): void {
    if (absence === next) return;
    absence = next;
    listeners.tell();
  }

  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    running = false;
  }

  return {
    now: () => absence,
    observe(isHere) {
      if (isHere !== false) {
        stop();
        become('short');
        return;
      }
      if (running) return;
      running = true;
      timers = [
        setTimeout(() => become('catching-up'), CATCHING_UP_AFTER),
        setTimeout(() => become('long'), LONG_AFTER),
      ];
    },
    keepWaiting() {
      if (absence === 'long') become('catching-up');
    },
    subscribe: listeners.add,
    destroy: stop,
  };
}
