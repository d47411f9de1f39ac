import * as z from 'zod/mini';
import { SEATS } from '../../ids.ts';
import { emptySession, type Taken } from '../state.ts';
import { ALL, defineFact } from './fact.ts';

/**
 * Nothing of this session is kept. This entry stands alone: all before it leaves the store with it, so it carries
 * what must outlast them, which is the seats' keys (to answer them) and how far each seat's view had come. The state
 * after it is made of it alone, so it is the same whether the entries before it are still there or not.
 */
export const sessionErased = defineFact({
  type: 'session-erased',
  schema: z.strictObject({
    type: z.literal('session-erased'),
    keys: z.strictObject({
      partnerA: z.optional(z.string()),
      partnerB: z.optional(z.string()),
      counsellor: z.optional(z.string()),
    }),
    seen: z.strictObject({ partnerA: z.int(), partnerB: z.int(), counsellor: z.int() }),
  }),
  seenBy: ALL,
  evolve(session, { keys, seen }, at) {
    const taken = (tokenHash: string): Taken => ({
      name: '',
      tokenHash,
      joinedAt: at,
      admitted: false,
      ready: false,
      sameWords: null,
      keep: null,
    });
    const seats = SEATS.flatMap((seat) => (keys[seat] === undefined ? [] : [[seat, taken(keys[seat])]]));
    return {
      ...emptySession(session.id, at),
      withCounsellor: keys.counsellor !== undefined,
      seats: Object.fromEntries(seats),
      phase: { is: 'erased', at },
      seen,
    };
  },
});
