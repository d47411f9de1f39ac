import * as z from 'zod/mini';
import { ALL, defineFact, inLive } from './fact.ts';

/** No exercise runs any more. */
export const exerciseEnded = defineFact({
  type: 'exercise-ended',
  schema: z.strictObject({
    type: z.literal('exercise-ended'),
    run: z.int(),
    how: z.enum(['finished', 'not-now', 'stopped']),
  }),
  seenBy: ALL,
  evolve: (session) => inLive(session, (live) => ({ ...live, run: null })),
});
