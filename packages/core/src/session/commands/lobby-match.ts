import * as z from 'zod/mini';
import { propose } from '../proposal.ts';
import { BOTH_PARTNERS, decided, defineCommand, unchanged } from './command.ts';
import { openIfReady } from './lobby-ready.ts';

/** One partner says whether both phones show the same two words. */
export const lobbyMatch = defineCommand({
  type: 'lobby.match',
  fields: z.strictObject({ same: z.boolean() }),
  seats: BOTH_PARTNERS,
  may: ({ session }) => session.phase.is === 'lobby',
  decide({ session, seat, at }, { same }) {
    if (seat === 'counsellor' || session.seats[seat]?.sameWords === same) return unchanged;
    const proposal = propose(session, at);
    proposal.add({ type: 'words-compared', seat, same });
    openIfReady(proposal);
    return decided(proposal.facts);
  },
});
