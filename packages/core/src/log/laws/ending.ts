import { SEATS } from '../../ids.ts';
import { wishesOf } from '../../session/flow.ts';
import type { Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { type FactOf, firstOf } from './scene.ts';

/**
 * How a session ends (rules S5 to S8): kept only where both said so, erased unless both did. That the time to decide
 * is over is not judged, since time is no order.
 */
export function sealing(
  fact: FactOf<'session-sealed' | 'session-erased'>,
  session: Session,
): LogFault | null {
  const { phase } = session;
  const wishes = wishesOf(session);
  const refused = wishes.includes(false) || wishes.length < 2;
  const agreed = !refused && wishes.every((wish) => wish === true);
  const open = phase.is === 'live' && (phase.floor.is !== 'open' || phase.over?.is === 'speaking');
  const undecided = phase.is === 'sealed' && phase.decideBy !== null;
  if (fact.type === 'session-erased') {
    const keys = SEATS.every((seat) => fact.keys[seat] === session.seats[seat]?.tokenHash);
    const seen = SEATS.every((seat) => fact.seen[seat] === session.seen[seat]);
    return firstOf([!open, 'two-turns'], [refused || undecided, 'consent'], [keys && seen, 'remains']);
  }
  return firstOf(
    [!open, 'two-turns'],
    [phase.is !== 'sealed' || undecided, 'after-end'],
    [
      agreed ? fact.decideBy === null : fact.decideBy !== null && !refused && phase.is !== 'sealed',
      'consent',
    ],
  );
}
