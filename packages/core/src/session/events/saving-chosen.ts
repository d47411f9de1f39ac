import * as z from 'zod/mini';
import { changeSeat } from './change-seat.ts';
import { defineFact, OWN_SEAT, partnerSchema } from './fact.ts';

/** One partner said whether the transcript is kept. The other does not see it. */
export const savingChosen = defineFact({
  type: 'saving-chosen',
  schema: z.strictObject({ type: z.literal('saving-chosen'), seat: partnerSchema, keep: z.boolean() }),
  seenBy: OWN_SEAT,
  evolve: (session, fact) => changeSeat(session, fact.seat, { keep: fact.keep }),
});
