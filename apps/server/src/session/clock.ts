import { type Millis, millis } from '@mend/core';

/** Time, as the server is told it: a test puts a clock of its own in here. */
export interface Clock {
  now(): Millis;
  /** Calls back once after so many milliseconds; returns what calls it off. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => millis(Date.now()),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
