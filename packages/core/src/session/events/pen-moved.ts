import * as z from 'zod/mini';
import { turnId } from '../../ids.ts';
import { defineFact, inLive, seatSchema } from './fact.ts';
import { withPen } from './with-pen.ts';

/** The holder goes on writing from another connection of the own seat. */
export const penMoved = defineFact({
  type: 'pen-moved',
  schema: z.strictObject({
    type: z.literal('pen-moved'),
    turn: z.string(),
    seat: seatSchema,
    clientId: z.int(),
  }),
  seenBy: (fact) => [fact.seat],
  evolve: (session, { turn, clientId }) => inLive(session, (live) => withPen(live, turnId(turn), clientId)),
});
