import { nextTurn } from '../flow.ts';
import { COUNSELLOR, decided, defineCommand, noFields } from './command.ts';

/** The counsellor writes in a turn of the own; the one that was open waits as it stands. */
export const moderateSpeak = defineCommand({
  type: 'moderate.speak',
  fields: noFields,
  seats: COUNSELLOR,
  may: ({ session: { phase } }) =>
    phase.is === 'live' && !phase.pause && phase.over?.is !== 'speaking' && phase.floor.is !== 'closing',
  decide: ({ session }) =>
    decided([
      {
        type: 'turn-opened',
        turn: nextTurn(session),
        seat: 'counsellor',
        kind: 'counsellor',
        moment: null,
        over: true,
      },
    ]),
});
