import { deadline, type Session } from '@mend/core';
import type { Clock } from './clock.ts';

/** Wakes a session when it has to be looked at again, if at all. */
export interface DeadlineAlarm {
  /** Goes by the session as it is now. */
  set(session: Session): void;
  callOff(): void;
}

export function createDeadlineAlarm(clock: Clock, wake: () => void): DeadlineAlarm {
  let callOff: (() => void) | null = null;
  return {
    set(session) {
      const due = deadline(session);
      // So it is with nearly all words.
      if (due === null && callOff === null) return;
      callOff?.();
      callOff = due === null ? null : clock.after(Math.max(0, due - clock.now()), wake);
    },
    callOff: () => callOff?.(),
  };
}
