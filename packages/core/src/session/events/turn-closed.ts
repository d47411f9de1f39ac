import * as z from 'zod/mini';
import { turnId } from '../../ids.ts';
import { ALL, defineFact, inLive } from './fact.ts';

/** A turn has ended; its words stand. */
export const turnClosed = defineFact({
  type: 'turn-closed',
  schema: z.strictObject({ type: z.literal('turn-closed'), turn: z.string() }),
  seenBy: ALL,
  evolve(session, fact, at) {
    const id = turnId(fact.turn);
    const next = inLive(session, (live) => {
      if (live.over?.is === 'speaking' && live.over.turn.id === id) return { ...live, over: null };
      if (live.floor.is === 'open' || live.floor.turn.id !== id) throw new Error(`turn ${id} is not open`);
      return { ...live, floor: { is: 'open' } };
    });
    return {
      ...next,
      turns: session.turns.map((turn) => (turn.id === id ? { ...turn, closedAt: at } : turn)),
    };
  },
});
