import { millis } from '@mend/core';
import type { ManualClock } from '../support/manual-clock.ts';

/** A machine's clock that somebody sets: what time it shows jumps, in either direction; how long a wait takes does not. */
export interface JumpingClock extends ManualClock {
  jump(ms: number): void;
}

export function jumpingClock(steady: ManualClock): JumpingClock {
  let off = 0;
  return {
    now: () => millis(steady.now() + off),
    after: steady.after,
    advance: steady.advance,
    jump(ms) {
      off += ms;
    },
  };
}
