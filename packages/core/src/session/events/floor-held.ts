import * as z from 'zod/mini';
import { ALL, defineFact, inLive } from './fact.ts';

/** The counsellor holds the floor still. */
export const floorHeld = defineFact({
  type: 'floor-held',
  schema: z.strictObject({ type: z.literal('floor-held') }),
  seenBy: ALL,
  evolve: (session, _fact, at) => inLive(session, (live) => ({ ...live, over: { is: 'hold', since: at } })),
});
