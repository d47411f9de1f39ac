import * as z from 'zod/mini';
import { ALL, defineFact, inLive, partnerSchema } from './fact.ts';

/** A run of an exercise begins; its first moment follows as a fact of its own. */
export const exerciseStarted = defineFact({
  type: 'exercise-started',
  schema: z.strictObject({
    type: z.literal('exercise-started'),
    run: z.int(),
    exercise: z.string(),
    first: partnerSchema,
  }),
  seenBy: ALL,
  evolve: (session, { run, exercise, first }) => ({
    ...inLive(session, (live) => ({
      ...live,
      run: { id: run, exercise, first, moment: null, outcomes: {}, written: {} },
    })),
    runCount: run,
  }),
});
