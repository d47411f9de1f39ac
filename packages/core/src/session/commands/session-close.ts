import { endFloor, seal } from '../flow.ts';
import { propose } from '../proposal.ts';
import { decided, defineCommand, EVERYBODY, noFields } from './command.ts';

/** Ends the session. Words that are on their way still come in before it does. */
export const sessionClose = defineCommand({
  type: 'session.close',
  fields: noFields,
  seats: EVERYBODY,
  may: ({ session: { phase } }) =>
    phase.is === 'lobby' ||
    (phase.is === 'live' && !(phase.floor.is === 'closing' && phase.floor.after.do === 'close')),
  decide({ session, at, shelf }) {
    const proposal = propose(session, at);
    if (session.phase.is === 'live') endFloor(proposal, shelf, { do: 'close' });
    else seal(proposal);
    return decided(proposal.facts);
  },
});
