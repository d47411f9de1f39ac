import * as z from 'zod/mini';
import { defineFact, ALL, partnerSchema } from './fact.ts';
import { changeSeat } from './change-seat.ts';

/** The counsellor let this partner in. */
export const seatAdmitted = defineFact({
  type: 'seat-admitted',
  schema: z.strictObject({ type: z.literal('seat-admitted'), seat: partnerSchema }),
  seenBy: ALL,
  evolve: (session, fact) => changeSeat(session, fact.seat, { admitted: true }),
});
