import * as z from 'zod/mini';
import { millis } from '../../ids.ts';
import { defineFact, NOBODY, seatSchema } from './fact.ts';

/** An empty seat has a new invitation; the one before it no longer works. */
export const inviteRenewed = defineFact({
  type: 'invite-renewed',
  schema: z.strictObject({
    type: z.literal('invite-renewed'),
    seat: seatSchema,
    hash: z.string(),
    until: z.int(),
  }),
  seenBy: NOBODY,
  evolve: (session, fact) => ({
    ...session,
    invites: { ...session.invites, [fact.seat]: { hash: fact.hash, until: millis(fact.until) } },
  }),
});
