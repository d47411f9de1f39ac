import * as z from 'zod/mini';
import { changeSeat } from './change-seat.ts';
import { defineFact, OWN_SEAT, partnerSchema } from './fact.ts';

/** One partner said whether the two words were the same on both phones. */
export const wordsCompared = defineFact({
  type: 'words-compared',
  schema: z.strictObject({ type: z.literal('words-compared'), seat: partnerSchema, same: z.boolean() }),
  seenBy: OWN_SEAT,
  evolve: (session, fact) => changeSeat(session, fact.seat, { sameWords: fact.same }),
});
