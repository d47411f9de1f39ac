import * as z from 'zod/mini';
import { err } from '../../result.ts';
import { seatSchema } from '../events/fact.ts';
import { closeTurnFirst, giveFloor } from '../flow.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { floorHolder, turnUnder } from '../state.ts';
import { COUNSELLOR, decided, defineCommand, unchanged } from './command.ts';

/** Ends the open turn, keeps its words, and opens one for that seat. */
export const moderateGive = defineCommand({
  type: 'moderate.give',
  fields: z.strictObject({ seat: seatSchema }),
  seats: COUNSELLOR,
  may: ({ session: { phase } }) => phase.is === 'live' && !phase.pause && phase.floor.is !== 'closing',
  decide({ session, at, shelf }, { seat }) {
    if (session.phase.is !== 'live' || !session.seats[seat]) return err(refusal('not-now'));
    if (floorHolder(session)?.seat === seat) return unchanged;
    const proposal = propose(session, at);
    const { over } = session.phase;
    if (over?.is === 'speaking') proposal.add({ type: 'turn-closed', turn: over.turn.id });
    const turn = turnUnder(session.phase);
    if (turn) closeTurnFirst(proposal, turn, { give: seat });
    else {
      if (over?.is === 'hold') proposal.add({ type: 'floor-resumed' });
      giveFloor(proposal, shelf, seat);
    }
    return decided(proposal.facts);
  },
});
