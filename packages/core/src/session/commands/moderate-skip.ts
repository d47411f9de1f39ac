import { endFloor } from '../flow.ts';
import { propose } from '../proposal.ts';
import { COUNSELLOR, decided, defineCommand, noFields } from './command.ts';

/** Goes to the exercise's next moment. Words of an open turn are kept. */
export const moderateSkip = defineCommand({
  type: 'moderate.skip',
  fields: noFields,
  seats: COUNSELLOR,
  may: ({ session: { phase } }) =>
    phase.is === 'live' && !phase.pause && !phase.over && !!phase.run?.moment && phase.floor.is !== 'closing',
  decide({ session, at, shelf }) {
    const proposal = propose(session, at);
    endFloor(proposal, shelf, { do: 'skip' });
    return decided(proposal.facts);
  },
});
