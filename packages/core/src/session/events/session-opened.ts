import * as z from 'zod/mini';
import { ALL, defineFact } from './fact.ts';

/** Both are ready: the lobby is behind them. */
export const sessionOpened = defineFact({
  type: 'session-opened',
  schema: z.strictObject({ type: z.literal('session-opened') }),
  seenBy: ALL,
  evolve: (session) => ({
    ...session,
    phase: { is: 'live', run: null, floor: { is: 'open' }, over: null, pause: null, hands: [] },
  }),
});
