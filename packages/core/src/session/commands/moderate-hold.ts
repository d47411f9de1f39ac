import { COUNSELLOR, decided, defineCommand, noFields, unchanged } from './command.ts';

/** Freezes the floor; a second hold keeps the first. */
export const moderateHold = defineCommand({
  type: 'moderate.hold',
  fields: noFields,
  seats: COUNSELLOR,
  may: ({ session: { phase } }) => phase.is === 'live' && !phase.pause && phase.over?.is !== 'speaking',
  decide: ({ session: { phase } }) =>
    phase.is === 'live' && phase.over ? unchanged : decided([{ type: 'floor-held' }]),
});
