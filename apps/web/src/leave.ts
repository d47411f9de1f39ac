/** The way out that works at once: blank first, then forget, then go. Nothing here waits for anything. */

import { dropSeat } from './http/drop-seat.ts';

/** An ordinary page that says nothing about where somebody came from. */
export const ELSEWHERE = 'https://www.wikipedia.org/';

/** What is begun with this is this tab's own, and goes. */
const OWN = 'mend';

/** What leaving does, so that it can be tried without a browser. */
export interface Exit {
  blank(): void;
  forget(): void;
  /** Asks the server to drop the seat's cookie; never waited for. */
  drop(session: string): void;
  go(): void;
}

/** Leaves, in this order whatever fails: what is on the screen is the most urgent. */
export function leaveBy(exit: Exit, session: string | null): void {
  const steps = [exit.blank, exit.forget, session === null ? null : () => exit.drop(session), exit.go];
  for (const step of steps) {
    try {
      step?.();
    } catch {
      // A step that cannot be done must not keep the next one from being done.
    }
  }
}

/** The session whose page this is, by its address. */
export const sessionIn = (pathname: string): string | null => /^\/s\/([a-z0-9]+)/.exec(pathname)?.[1] ?? null;

/** Leaves this page now. */
export const leave = (): void => leaveBy(pageExit, sessionIn(location.pathname));

const pageExit: Exit = {
  blank() {
    document.title = 'New tab';
    document.documentElement.hidden = true;
  },
  forget() {
    forgetTab();
    // A page that goes writes down what is unsent; after leaving nothing may stay, so it goes once more.
    window.addEventListener('pagehide', forgetTab);
    document.addEventListener('visibilitychange', forgetTab);
  },
  drop: dropSeat,
  go() {
    location.replace(ELSEWHERE);
  },
};

/** Removes all that this tab has kept. */
export function forgetTab(): void {
  const keys = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index));
  for (const key of keys) if (key?.startsWith(OWN)) sessionStorage.removeItem(key);
}

/** How long three presses of Shift may take, in milliseconds. */
const SHIFT_WITHIN = 5_000;

/** Counts presses of Shift alone; a capital letter is not one. Returns whether it was the third. */
export function shiftPresses(): (event: { type: string; key: string; timeStamp: number }) => boolean {
  let presses: readonly number[] = [];
  let alone = false;
  return ({ type, key, timeStamp }) => {
    if (type === 'keydown') {
      alone = key === 'Shift';
      if (!alone) presses = [];
      return false;
    }
    if (key !== 'Shift' || !alone) return false;
    alone = false;
    presses = [...presses, timeStamp].filter((at) => timeStamp - at <= SHIFT_WITHIN);
    return presses.length >= 3;
  };
}

/** Shift, three times: as on GOV.UK, because Escape also stops a page that loads. */
export function leaveOnShift(): void {
  const third = shiftPresses();
  for (const type of ['keydown', 'keyup'] as const) {
    window.addEventListener(type, (event) => third(event) && leave(), { capture: true });
  }
}
