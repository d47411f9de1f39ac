import * as z from 'zod/mini';
import { ALL, defineFact, inLive } from './fact.ts';

/** The same holder goes on in the same text. */
export const floorResumed = defineFact({
  type: 'floor-resumed',
  schema: z.strictObject({ type: z.literal('floor-resumed') }),
  seenBy: ALL,
  evolve: (session) => inLive(session, (live) => ({ ...live, over: null })),
});
