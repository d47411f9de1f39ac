import * as z from 'zod/mini';
import { defineFact, inLive, OWN_SEAT, partnerSchema } from './fact.ts';

/** One partner is back from the pause. The other does not see it until both are. */
export const returnDeclared = defineFact({
  type: 'return-declared',
  schema: z.strictObject({ type: z.literal('return-declared'), seat: partnerSchema }),
  seenBy: OWN_SEAT,
  evolve: (session, { seat }) =>
    inLive(session, (live) => ({
      ...live,
      pause: live.pause && { ...live.pause, back: [...live.pause.back, seat] },
    })),
});
