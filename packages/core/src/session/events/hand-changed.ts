import * as z from 'zod/mini';
import { ALL, defineFact, inLive, partnerSchema } from './fact.ts';

/** A listener would like a turn, or no longer. */
export const handChanged = defineFact({
  type: 'hand-changed',
  schema: z.strictObject({ type: z.literal('hand-changed'), seat: partnerSchema, up: z.boolean() }),
  seenBy: ALL,
  evolve: (session, { seat, up }) =>
    inLive(session, (live) => {
      const others = live.hands.filter((one) => one !== seat);
      return { ...live, hands: up ? [...others, seat] : others };
    }),
});
