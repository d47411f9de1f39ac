import { closeTurnFirst, seal } from '../flow.ts';
import { propose } from '../proposal.ts';
import { turnUnder } from '../state.ts';
import { decided, defineCommand, EVERYBODY, noFields } from './command.ts';

/** Ends the session. Words that are on their way still come in before it does. */
export const sessionClose = defineCommand({
  type: 'session.close',
  fields: noFields,
  seats: EVERYBODY,
  may: ({ session: { phase } }) =>
    phase.is === 'lobby' || (phase.is === 'live' && !(phase.floor.is === 'closing' && phase.floor.then.do === 'close')),
  decide({ session, at }) {
    const proposal = propose(session, at);
    if (session.phase.is === 'live') {
      const { over, floor } = session.phase;
      if (over?.is === 'speaking') proposal.add({ type: 'turn-closed', turn: over.turn.id });
      const turn = turnUnder(session.phase);
      if (floor.is === 'closing') proposal.add({ type: 'turn-closed', turn: floor.turn.id });
      else if (turn) {
        closeTurnFirst(proposal, turn, 'close');
        return decided(proposal.facts);
      }
    }
    seal(proposal);
    return decided(proposal.facts);
  },
});
