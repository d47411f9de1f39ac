import { PARTNERS } from '../../ids.ts';
import { propose } from '../proposal.ts';
import { BOTH_PARTNERS, decided, defineCommand, noFields, unchanged } from './command.ts';

/** One partner is back; when both are, the pause is over. */
export const pauseEnd = defineCommand({
  type: 'pause.end',
  fields: noFields,
  seats: BOTH_PARTNERS,
  may: ({ session }) => session.phase.is === 'live' && session.phase.pause !== null,
  decide({ session, seat, at }) {
    const pause = session.phase.is === 'live' ? session.phase.pause : null;
    if (!pause || seat === 'counsellor' || pause.back.includes(seat)) return unchanged;
    const proposal = propose(session, at);
    proposal.add({ type: 'return-declared', seat });
    if (PARTNERS.every((partner) => partner === seat || pause.back.includes(partner))) {
      proposal.add({ type: 'pause-ended' });
    }
    return decided(proposal.facts);
  },
});
