import type { Shelf } from '../exercise/exercise.ts';
import { type Millis, millis } from '../ids.ts';
import type { Fact } from './events/index.ts';
import { erase, giveFloor, seal, skipMoment } from './flow.ts';
import { propose } from './proposal.ts';
import { GRACE_MS, QUIET_MS, type Session } from './state.ts';

/** When the session must be looked at again, if at all. A turn never ends because time has passed. */
export function deadline(session: Session): Millis | null {
  if (session.phase.is === 'sealed') return session.phase.decideBy;
  if (session.phase.is !== 'live' || session.phase.floor.is !== 'closing') return null;
  const { since, lastWords } = session.phase.floor;
  return millis(Math.min(since + GRACE_MS, lastWords + QUIET_MS));
}

/** What is due by now: the end of a closing turn with what follows it, or of the time to decide. */
export function overdue(session: Session, at: Millis, shelf: Shelf): readonly Fact[] {
  const due = deadline(session);
  if (due === null || at < due) return [];
  const proposal = propose(session, at);
  if (session.phase.is === 'sealed') {
    erase(proposal);
    return proposal.facts;
  }
  if (session.phase.is !== 'live' || session.phase.floor.is !== 'closing') return [];
  const { turn, then } = session.phase.floor;
  proposal.add({ type: 'turn-closed', turn: turn.id });
  switch (then.do) {
    case 'give':
      giveFloor(proposal, shelf, then.seat);
      break;
    case 'skip':
      skipMoment(proposal, shelf);
      break;
    case 'close':
      seal(proposal);
      break;
  }
  return proposal.facts;
}
