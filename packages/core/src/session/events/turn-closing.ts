import * as z from 'zod/mini';
import { ALL, defineFact, inLive, seatSchema } from './fact.ts';

/**
 * The open turn takes in the words that are on their way, and then something else follows. One that is closing
 * already goes on closing by its own time; only what follows is another.
 */
export const turnClosing = defineFact({
  type: 'turn-closing',
  schema: z.strictObject({
    type: z.literal('turn-closing'),
    turn: z.string(),
    after: z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('give'), seat: seatSchema }),
      z.strictObject({ do: z.literal('skip') }),
      z.strictObject({ do: z.literal('close') }),
    ]),
  }),
  seenBy: ALL,
  evolve: (session, fact, at) =>
    inLive(session, (live) => {
      const { floor } = live;
      if (floor.is === 'open') throw new Error('no turn to close');
      const { since, lastWords } = floor.is === 'closing' ? floor : { since: at, lastWords: at };
      return {
        ...live,
        pause: null,
        over: null,
        floor: { is: 'closing', turn: floor.turn, since, lastWords, after: fact.after },
      };
    }),
});
