/** Words that the server had and lost, after a backup was put back: which of them belong into the turn that is open. */

import type { Millis, TurnId, View } from '@mend/core';
import type { DocumentClient } from './document-client.ts';
import type { Draft, Drafts } from './drafts.ts';
import { isHeld, ownTurn } from './own-turn.ts';

export interface LostWords {
  /** Every view goes through here. Answers the draft whose words may go back into the own turn, if there is one. */
  look(view: View | null): Draft | null;
}

export function createLostWords(options: {
  readonly document: Pick<DocumentClient, 'lost'>;
  readonly drafts: Pick<Drafts, 'list'>;
}): LostWords {
  /** A server that was put back gives the ids of the turns it lost again, so a turn is known by when it was opened. */
  const opened = new Map<TurnId, Millis>();

  return {
    look(view) {
      if (view === null) return null;
      for (const { id, openedAt } of view.turns) if (!opened.has(id)) opened.set(id, openedAt);
      const turn = ownTurn(view);
      if (turn === null || !isHeld(view, turn)) return null;
      const isSame = view.turns.some(({ id, openedAt }) => id === turn && openedAt === opened.get(turn));
      if (!isSame) return null;
      const lost = options.document.lost();
      return options.drafts.list().find((draft) => draft.turn === turn && lost.includes(draft.id)) ?? null;
    },
  };
}
