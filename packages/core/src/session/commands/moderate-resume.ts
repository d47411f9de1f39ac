import { COUNSELLOR, decided, defineCommand, noFields, unchanged } from './command.ts';

/** Gives the floor back to the same holder, in the same text. */
export const moderateResume = defineCommand({
  type: 'moderate.resume',
  fields: noFields,
  seats: COUNSELLOR,
  may: ({ session: { phase } }) => phase.is === 'live' && !phase.pause && phase.over !== null,
  decide({ session: { phase } }) {
    if (phase.is !== 'live' || !phase.over) return unchanged;
    return phase.over.is === 'speaking'
      ? decided([{ type: 'turn-closed', turn: phase.over.turn.id }])
      : decided([{ type: 'floor-resumed' }]);
  },
});
