import type { Fact } from '../../session/events/index.ts';
import type { Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { fallingBehind } from './behind.ts';
import { sealing } from './ending.ts';
import { answering, ending, openingMoment, passing, promising, starting } from './exercise.ts';
import { closing, closingSoon, holding, movingPen, offering, openingTurn, resuming } from './floor.ts';
import { ending as endingPause, raisingHand, returning, starting as startingPause } from './pause.ts';
import { admitting, choosing, comparing, creating, inviting, joining, opening, readying } from './seats.ts';

/**
 * What a fact must find in order to have been decided, told a second time and from the state alone: the fold takes
 * much that no decision would have come to. A fact that passes is not proven to be the right one: what the seats sent
 * is not in the log, and what an exercise asks next is in the exercise.
 */
export function faultOfFact(fact: Fact, session: Session): LogFault | null {
  if (fact.type === 'session-created') return creating(fact, session);
  if (session.head === 0) return fact.type === 'session-erased' ? null : 'beginning';
  if (isAfterEnd(fact, session)) return 'after-end';
  switch (fact.type) {
    case 'invite-renewed':
      return inviting(fact, session);
    case 'seat-joined':
      return joining(fact, session);
    case 'seat-admitted':
      return admitting(fact, session);
    case 'words-compared':
      return comparing(fact, session);
    case 'readiness-changed':
      return readying(fact, session);
    case 'saving-chosen':
      return choosing(fact, session);
    case 'session-opened':
      return opening(session);
    case 'line-offered':
      return offering(session);
    case 'log-behind':
      return fallingBehind(session);
    case 'session-sealed':
    case 'session-erased':
      return sealing(fact, session);
  }
  const live = session.phase.is === 'live' ? session.phase : null;
  if (!live) return 'phase';
  const scene = { session, live };
  switch (fact.type) {
    case 'exercise-started':
      return starting(fact, scene);
    case 'moment-opened':
      return openingMoment(fact, scene);
    case 'turn-opened':
      return openingTurn(fact, scene);
    case 'pen-moved':
      return movingPen(fact, scene);
    case 'turn-closing':
      return closingSoon(fact, scene);
    case 'turn-closed':
      return closing(fact, scene);
    case 'answer-given':
      return answering(fact, scene);
    case 'moment-passed':
      return passing(fact, scene);
    case 'promise-made':
      return promising(fact, scene);
    case 'exercise-ended':
      return ending(fact, scene);
    case 'hand-changed':
      return raisingHand(fact, scene);
    case 'pause-started':
      return startingPause(scene);
    case 'return-declared':
      return returning(fact, scene);
    case 'pause-ended':
      return endingPause(scene);
    case 'floor-held':
      return holding(scene);
    case 'floor-resumed':
      return resuming(scene);
  }
}

/** A seat that stayed empty can still be taken, to read what was kept. */
const AFTER_SEAL: readonly Fact['type'][] = [
  'saving-chosen',
  'session-sealed',
  'session-erased',
  'seat-joined',
];

/** Once it is sealed, only whether it is kept is still decided; once it is erased, nothing is. */
const isAfterEnd = ({ type }: Fact, { phase }: Session): boolean =>
  phase.is === 'erased' || (phase.is === 'sealed' && !AFTER_SEAL.includes(type));
