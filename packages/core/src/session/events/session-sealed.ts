import * as z from 'zod/mini';
import { millis } from '../../ids.ts';
import { ALL, defineFact } from './fact.ts';

/** The session is over and nothing more is written. `decideBy` is set while the two have not both decided. */
export const sessionSealed = defineFact({
  type: 'session-sealed',
  schema: z.strictObject({ type: z.literal('session-sealed'), decideBy: z.nullable(z.int()) }),
  seenBy: ALL,
  evolve: (session, { decideBy }, at) => ({
    ...session,
    phase: {
      is: 'sealed',
      at: session.phase.is === 'sealed' ? session.phase.at : at,
      decideBy: decideBy === null ? null : millis(decideBy),
    },
  }),
});
