import * as z from 'zod/mini';
import { millis } from '../../ids.ts';
import { defineFact, NOBODY } from './fact.ts';

/** A room with its invitations exists. Only hashes of them are kept. */
export const sessionCreated = defineFact({
  type: 'session-created',
  schema: z.strictObject({
    type: z.literal('session-created'),
    withCounsellor: z.boolean(),
    invites: z.strictObject({
      partnerA: z.string(),
      partnerB: z.string(),
      counsellor: z.optional(z.string()),
    }),
    until: z.int(),
  }),
  seenBy: NOBODY,
  evolve(session, fact) {
    const until = millis(fact.until);
    const { partnerA, partnerB, counsellor } = fact.invites;
    return {
      ...session,
      withCounsellor: fact.withCounsellor,
      invites: {
        partnerA: { hash: partnerA, until },
        partnerB: { hash: partnerB, until },
        ...(counsellor === undefined ? {} : { counsellor: { hash: counsellor, until } }),
      },
    };
  },
});
