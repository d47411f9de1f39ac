/** What a view says about this seat's own turn. Pure. */

import type { TurnId, View } from '@mend/core';

/** The turn that is this seat's now, whether or not it can be written in at this moment. */
export const ownTurn = (view: View | null): TurnId | null =>
  view !== null && view.floor.holder === view.you ? view.floor.turn : null;

/** Whether this seat may write in this turn now, from whichever of its connections. */
export const isHeld = (view: View | null, turn: string): boolean =>
  view !== null && view.phase === 'live' && view.floor.status === 'held' && ownTurn(view) === turn;

/** Whether words of this turn that are on their way can still be taken. */
export const mayArrive = (view: View | null, turn: string): boolean => {
  if (ownTurn(view) !== turn || view === null) return false;
  return view.phase === 'live' || view.phase === 'paused';
};
