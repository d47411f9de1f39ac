import * as z from 'zod/mini';
import { ALL, defineFact, inLive } from './fact.ts';

/** Both are back; everything goes on as it was. */
export const pauseEnded = defineFact({
  type: 'pause-ended',
  schema: z.strictObject({ type: z.literal('pause-ended') }),
  seenBy: ALL,
  evolve: (session) => inLive(session, (live) => ({ ...live, pause: null })),
});
