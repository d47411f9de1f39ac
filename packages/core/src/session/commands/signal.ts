import * as z from 'zod/mini';
import { SEATS } from '../../ids.ts';
import { SIGNALS } from '../notice.ts';
import { floorHolder } from '../state.ts';
import { BOTH_PARTNERS, decided, defineCommand } from './command.ts';

/** A silent signal of the one who listens. It reaches the others now and is never kept. */
export const signal = defineCommand({
  type: 'signal',
  fields: z.strictObject({ kind: z.enum(SIGNALS) }),
  seats: BOTH_PARTNERS,
  may: ({ session, seat }) =>
    session.phase.is === 'live' && !session.phase.pause && floorHolder(session)?.seat !== seat,
  decide: ({ seat }, { kind }) =>
    decided([], [{ to: SEATS.filter((one) => one !== seat), body: { type: 'signal', from: seat, kind } }]),
});
