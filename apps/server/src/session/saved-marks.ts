import type { Seat } from '@mend/core';
import type { Clock } from './clock.ts';

/**
 * When a writer is told that the own words are safe: at once where none was told of late, and then once a second
 * while words keep coming. Each mark says all that the ones before it said, so only the last of them counts.
 */
export interface SavedMarks {
  /** More words of this clientID were taken in. */
  words(seat: Seat, clientId: number): void;
  /**
   * Tells a seat at once what waits for it: it is about to be told something else that this bears on. For nothing
   * that this seat is not told of, or it would know from a mark before its time that there was something.
   */
  flush(seat: Seat): void;
  /** Nothing is told any more. */
  end(): void;
}

export const SAVED_MS = 1_000;

interface Resting {
  readonly seat: Seat;
  isDue: boolean;
  readonly callOff: () => void;
}

export function createSavedMarks(clock: Clock, tell: (seat: Seat, clientId: number) => void): SavedMarks {
  const resting = new Map<number, Resting>();

  function rest(seat: Seat, clientId: number): void {
    resting.set(clientId, { seat, isDue: false, callOff: clock.after(SAVED_MS, () => wake(clientId)) });
  }

  function wake(clientId: number): void {
    const one = resting.get(clientId);
    resting.delete(clientId);
    if (!one?.isDue) return;
    rest(one.seat, clientId);
    tell(one.seat, clientId);
  }

  return {
    words(seat, clientId) {
      const one = resting.get(clientId);
      if (one) {
        one.isDue = true;
        return;
      }
      rest(seat, clientId);
      tell(seat, clientId);
    },
    flush(seat) {
      for (const [clientId, one] of resting) {
        if (one.seat !== seat || !one.isDue) continue;
        one.isDue = false;
        tell(seat, clientId);
      }
    },
    end() {
      for (const { callOff } of resting.values()) callOff();
      resting.clear();
    },
  };
}
