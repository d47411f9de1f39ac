import * as z from 'zod/mini';
import { PARTNERS } from '../../ids.ts';
import type { Proposal } from '../proposal.ts';
import { propose } from '../proposal.ts';
import { BOTH_PARTNERS, decided, defineCommand, unchanged } from './command.ts';

/** One partner is ready. When both are, and whoever must be let in is in, the session is live. */
export const lobbyReady = defineCommand({
  type: 'lobby.ready',
  fields: z.strictObject({ ready: z.boolean() }),
  seats: BOTH_PARTNERS,
  may: ({ session }) => session.phase.is === 'lobby',
  decide({ session, seat, at }, { ready }) {
    if (seat === 'counsellor' || session.seats[seat]?.ready === ready) return unchanged;
    const proposal = propose(session, at);
    proposal.add({ type: 'readiness-changed', seat, ready });
    openIfReady(proposal);
    return decided(proposal.facts);
  },
});

/** Two people who do not see the same two words are not in the same room, so nothing begins. */
export function openIfReady(proposal: Proposal): void {
  const { phase, seats } = proposal.session();
  if (phase.is !== 'lobby') return;
  const here = PARTNERS.map((partner) => seats[partner]);
  if (here.every((taken) => taken?.ready && taken.admitted && taken.sameWords !== false)) {
    proposal.add({ type: 'session-opened' });
  }
}
