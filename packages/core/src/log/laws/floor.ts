import { turnId } from '../../ids.ts';
import { nextTurn } from '../../session/flow.ts';
import { openTurn, type Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { type FactOf, firstOf, hasCounsellor, type Scene } from './scene.ts';

/** Who gets the floor, and how it is taken from them (rules T1 to T8, T16 to T19). */

type Fault = LogFault | null;

export function openingTurn(fact: FactOf<'turn-opened'>, { session, live }: Scene): Fault {
  const { over, floor, run, pause } = live;
  const next = firstOf(
    [fact.turn === nextTurn(session), 'turn-number'],
    [session.seats[fact.seat] !== undefined, 'empty-seat'],
    [over?.is !== 'speaking', 'two-turns'],
  );
  if (next) return next;
  if (fact.over) {
    return firstOf(
      [floor.is !== 'closing', 'two-turns'],
      [pause === null, 'pause'],
      [fact.seat === 'counsellor' && fact.moment === null, 'hold'],
    );
  }
  const { moment = null } = run ?? {};
  const asksNobody = moment !== null && fact.moment === moment.id && moment.asks.length === 0;
  return firstOf([floor.is === 'open', 'two-turns'], [fact.moment === null || asksNobody, 'moment']);
}

export function movingPen({ turn, seat, clientId }: FactOf<'pen-moved'>, { session }: Scene): Fault {
  const open = openTurn(session, turnId(turn));
  const owner = session.owners.get(clientId);
  return firstOf(
    [open !== null, 'turn-not-open'],
    [open?.seat === seat && (owner === undefined || owner.seat === seat), 'pen'],
    [open?.pen !== clientId, 'no-change'],
  );
}

/** A turn that is closing goes on closing; only the end of the session may come in place of what was to follow. */
export function closingSoon({ turn, after }: FactOf<'turn-closing'>, { session, live }: Scene): Fault {
  const { floor, over, pause, run } = live;
  return firstOf(
    [floor.is !== 'open' && floor.turn.id === turn && over?.is !== 'speaking', 'turn-not-open'],
    [floor.is !== 'closing' || (after.do === 'close' && floor.after.do !== 'close'), 'no-change'],
    [after.do === 'close' || (pause === null && hasCounsellor(session)), 'pause'],
    [after.do !== 'give' || session.seats[after.seat] !== undefined, 'empty-seat'],
    [after.do !== 'skip' || (over === null && !!run?.moment), 'moment'],
  );
}

/** A turn that lies under a speaking counsellor is not ended before the counsellor's own. */
export function closing({ turn }: FactOf<'turn-closed'>, { live: { over, floor } }: Scene): Fault {
  const open = over?.is === 'speaking' ? over.turn : floor.is === 'open' ? null : floor.turn;
  return open?.id === turn ? null : 'turn-not-open';
}

export const holding = ({ session, live }: Scene): Fault =>
  firstOf(
    [hasCounsellor(session), 'empty-seat'],
    [live.over === null, 'hold'],
    [live.pause === null, 'pause'],
  );

export const resuming = ({ session, live }: Scene): Fault =>
  firstOf(
    [hasCounsellor(session), 'empty-seat'],
    [live.over?.is === 'hold', 'hold'],
    [live.pause === null, 'pause'],
  );

export const offering = (session: Session): Fault => firstOf([hasCounsellor(session), 'empty-seat']);
