import type { TurnId } from '../../ids.ts';
import type { Live, OpenTurn } from '../state.ts';

/** The pen of an open turn lies with this clientID from now on. */
export function withPen(live: Live, turn: TurnId, clientId: number): Live {
  const move = (open: OpenTurn): OpenTurn => (open.id === turn ? { ...open, pen: clientId } : open);
  const over = live.over?.is === 'speaking' ? { ...live.over, turn: move(live.over.turn) } : live.over;
  const floor = live.floor.is === 'open' ? live.floor : { ...live.floor, turn: move(live.floor.turn) };
  return { ...live, over, floor };
}
