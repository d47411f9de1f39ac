import * as z from 'zod/mini';
import { changeSeat } from './change-seat.ts';
import { ALL, defineFact, partnerSchema } from './fact.ts';

/** The counsellor let this partner in. */
export const seatAdmitted = defineFact({
  type: 'seat-admitted',
  schema: z.strictObject({ type: z.literal('seat-admitted'), seat: partnerSchema }),
  seenBy: ALL,
  evolve: (session, fact) => changeSeat(session, fact.seat, { admitted: true }),
});
