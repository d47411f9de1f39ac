import * as z from 'zod/mini';
import { momentId } from '../../ids.ts';
import { changeRun } from './change-run.ts';
import { ALL, defineFact, inLive, seatSchema } from './fact.ts';

/** A step of the exercise is now. A written one is followed by the turn it opens. */
export const momentOpened = defineFact({
  type: 'moment-opened',
  schema: z.strictObject({
    type: z.literal('moment-opened'),
    moment: z.string(),
    step: z.string(),
    asks: z.array(seatSchema),
  }),
  seenBy: ALL,
  evolve: (session, { moment, step, asks }) => ({
    ...inLive(session, (live) =>
      changeRun(live, () => ({ moment: { id: momentId(moment), step, asks, given: [] } })),
    ),
    momentCount: session.momentCount + 1,
  }),
});
