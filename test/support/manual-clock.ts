import { millis } from '@mend/core';
import type { Clock } from '@mend/server/session';

/** Time that passes only when told to. */
export interface ManualClock extends Clock {
  /** Lets time pass, and runs what falls due, in its order. */
  advance(ms: number): void;
}

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let time = start;
  let timers: { readonly due: number; readonly call: () => void }[] = [];
  return {
    now: () => millis(time),
    after(ms, call) {
      const timer = { due: time + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        time = Math.max(time, next.due);
        next.call();
      }
      time = end;
    },
  };
}
