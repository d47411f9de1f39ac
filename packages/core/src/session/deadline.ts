import type { Shelf } from '../exercise/exercise.ts';
import { type Millis, millis } from '../ids.ts';
import type { Fact } from './events/index.ts';
import { erase, followUp } from './flow.ts';
import { propose } from './proposal.ts';
import { GRACE_MS, QUIET_MS, type Session } from './state.ts';

/** When the session must be looked at again, if at all. A turn never ends because time has passed. */
export function deadline(session: Session): Millis | null {
  if (session.phase.is === 'sealed') return session.phase.decideBy;
  if (session.phase.is !== 'live' || session.phase.floor.is !== 'closing') return null;
  const { since, lastWords } = session.phase.floor;
  return millis(Math.min(since + GRACE_MS, lastWords + QUIET_MS));
}

/**
 * What is due by now: the end of a closing turn with what follows it, or of the time to decide. A closing turn that
 * began later than now was closed before the clock was set back: it has had its time.
 */
export function overdue(session: Session, at: Millis, shelf: Shelf): readonly Fact[] {
  const due = deadline(session);
  if (due === null) return [];
  const proposal = propose(session, at);
  if (session.phase.is === 'sealed') {
    if (at >= due) erase(proposal);
    return proposal.facts;
  }
  if (session.phase.is !== 'live' || session.phase.floor.is !== 'closing') return [];
  const { turn, since, after } = session.phase.floor;
  if (since <= at && at < due) return [];
  proposal.add({ type: 'turn-closed', turn: turn.id });
  followUp(proposal, shelf, after);
  return proposal.facts;
}
