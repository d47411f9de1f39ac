import * as z from 'zod/mini';
import { floorHolder } from '../state.ts';
import { BOTH_PARTNERS, decided, defineCommand, unchanged } from './command.ts';

/** Raises or lowers a hand. */
export const turnAsk = defineCommand({
  type: 'turn.ask',
  fields: z.strictObject({ ask: z.boolean() }),
  seats: BOTH_PARTNERS,
  may: ({ session, seat }) =>
    session.phase.is === 'live' && !session.phase.pause && floorHolder(session)?.seat !== seat,
  decide({ session, seat }, { ask }) {
    if (session.phase.is !== 'live' || seat === 'counsellor') return unchanged;
    if (session.phase.hands.includes(seat) === ask) return unchanged;
    return decided([{ type: 'hand-changed', seat, up: ask }]);
  },
});
