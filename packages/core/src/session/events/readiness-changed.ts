import * as z from 'zod/mini';
import { changeSeat } from './change-seat.ts';
import { defineFact, OWN_SEAT, partnerSchema } from './fact.ts';

/** One partner is ready, or not yet. The other does not see it. */
export const readinessChanged = defineFact({
  type: 'readiness-changed',
  schema: z.strictObject({ type: z.literal('readiness-changed'), seat: partnerSchema, ready: z.boolean() }),
  seenBy: OWN_SEAT,
  evolve: (session, fact) => changeSeat(session, fact.seat, { ready: fact.ready }),
});
