import * as z from 'zod/mini';
import { err } from '../../result.ts';
import { seatSchema } from '../events/fact.ts';
import { endFloor } from '../flow.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { floorHolder } from '../state.ts';
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
    endFloor(proposal, shelf, { do: 'give', seat });
    return decided(proposal.facts);
  },
});
