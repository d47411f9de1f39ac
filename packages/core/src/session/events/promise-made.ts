import * as z from 'zod/mini';
import { turnId } from '../../ids.ts';
import { ALL, defineFact, partnerSchema } from './fact.ts';

/** Both want to keep what one of them wrote as that one's promise. */
export const promiseMade = defineFact({
  type: 'promise-made',
  schema: z.strictObject({ type: z.literal('promise-made'), turn: z.string(), seat: partnerSchema }),
  seenBy: ALL,
  evolve: (session, fact, at) => ({
    ...session,
    promises: [...session.promises, { turn: turnId(fact.turn), seat: fact.seat, at }],
  }),
});
