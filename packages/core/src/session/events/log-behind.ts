import * as z from 'zod/mini';
import { ALL, defineFact } from './fact.ts';

/** A device had seen more of this session than the log holds: the log is older than what was shown. */
export const logBehind = defineFact({
  type: 'log-behind',
  schema: z.strictObject({ type: z.literal('log-behind') }),
  seenBy: ALL,
  evolve: (session, _fact, at) => ({ ...session, behind: at }),
});
