import * as z from 'zod/mini';
import { defineFact, inLive, ALL, seatSchema } from './fact.ts';

/** The open turn takes in the words that are on their way, and then something else follows. */
export const turnClosing = defineFact({
  type: 'turn-closing',
  schema: z.strictObject({
    type: z.literal('turn-closing'),
    turn: z.string(),
    then: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('give'), seat: seatSchema }),
      z.strictObject({ do: z.literal('skip') }),
      z.strictObject({ do: z.literal('close') }),
    ]),
  }),
  seenBy: ALL,
  evolve: (session, fact, at) =>
    inLive(session, (live) => {
      if (live.floor.is !== 'held') throw new Error('no turn to close');
      return {
        ...live,
        pause: null,
        over: null,
        floor: { is: 'closing', turn: live.floor.turn, since: at, lastWords: at, then: fact.then },
      };
    }),
});
