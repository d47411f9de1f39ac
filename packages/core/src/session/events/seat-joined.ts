import * as z from 'zod/mini';
import { ALL, defineFact, seatSchema } from './fact.ts';

/** Somebody used an invitation: it is used up, and the seat has a name and a key. */
export const seatJoined = defineFact({
  type: 'seat-joined',
  schema: z.strictObject({
    type: z.literal('seat-joined'),
    seat: seatSchema,
    name: z.string(),
    tokenHash: z.string(),
  }),
  seenBy: ALL,
  evolve(session, { seat, name, tokenHash }, at) {
    const { [seat]: _used, ...invites } = session.invites;
    const admitted = seat === 'counsellor' || !session.withCounsellor;
    const taken = { name, tokenHash, joinedAt: at, admitted, ready: false, sameWords: null, keep: null };
    return { ...session, invites, seats: { ...session.seats, [seat]: taken } };
  },
});
