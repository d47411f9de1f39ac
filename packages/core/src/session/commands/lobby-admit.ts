import * as z from 'zod/mini';
import { err } from '../../result.ts';
import { partnerSchema } from '../events/fact.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { COUNSELLOR, decided, defineCommand, unchanged } from './command.ts';
import { openIfReady } from './lobby-ready.ts';

/** The counsellor lets one partner in. */
export const lobbyAdmit = defineCommand({
  type: 'lobby.admit',
  fields: z.strictObject({ seat: partnerSchema }),
  seats: COUNSELLOR,
  may: ({ session }) => session.phase.is === 'lobby',
  decide({ session, at }, { seat }) {
    const taken = session.seats[seat];
    if (!taken) return err(refusal('not-now'));
    if (taken.admitted) return unchanged;
    const proposal = propose(session, at);
    proposal.add({ type: 'seat-admitted', seat });
    openIfReady(proposal);
    return decided(proposal.facts);
  },
});
