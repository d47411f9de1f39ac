import * as z from 'zod/mini';
import { erase, wishesOf } from '../flow.ts';
import { propose } from '../proposal.ts';
import { BOTH_PARTNERS, decided, defineCommand, unchanged } from './command.ts';

/**
 * One partner says whether the transcript is kept. After an undecided close it settles the matter, as long as the
 * time to decide has not passed: what was promised to be gone by then is not brought back.
 */
export const consentSave = defineCommand({
  type: 'consent.save',
  fields: z.strictObject({ keep: z.boolean() }),
  seats: BOTH_PARTNERS,
  may: ({ session: { phase }, at }) =>
    phase.is === 'lobby' ||
    phase.is === 'live' ||
    (phase.is === 'sealed' && phase.decideBy !== null && at < phase.decideBy),
  decide({ session, seat, at }, { keep }) {
    if (seat === 'counsellor' || session.seats[seat]?.keep === keep) return unchanged;
    const proposal = propose(session, at);
    proposal.add({ type: 'saving-chosen', seat, keep });
    if (session.phase.is === 'sealed') {
      const wishes = wishesOf(proposal.session());
      if (wishes.includes(false)) erase(proposal);
      else if (wishes.every((wish) => wish === true))
        proposal.add({ type: 'session-sealed', decideBy: null });
    }
    return decided(proposal.facts);
  },
});
