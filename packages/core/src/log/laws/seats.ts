import { PARTNERS } from '../../ids.ts';
import type { Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { type FactOf, firstOf, hasCounsellor } from './scene.ts';

/** How people come to their seats, and what they say there before and beside the exercise (rules S2 to S4). */

type Fault = LogFault | null;
const inLobby = ({ phase }: Session) => [phase.is === 'lobby', 'phase'] as const;

export const creating = (fact: FactOf<'session-created'>, { head }: Session): Fault =>
  firstOf(
    [head === 0, 'beginning'],
    [(fact.invites.counsellor !== undefined) === fact.withCounsellor, 'invitation'],
  );

export const inviting = ({ seat }: FactOf<'invite-renewed'>, session: Session): Fault =>
  firstOf(
    inLobby(session),
    [seat !== 'counsellor' || session.withCounsellor, 'invitation'],
    [session.seats[seat] === undefined, 'invitation'],
  );

export const joining = ({ seat }: FactOf<'seat-joined'>, session: Session): Fault =>
  firstOf(
    [session.invites[seat] !== undefined, 'invitation'],
    [session.seats[seat] === undefined, 'invitation'],
  );

export const admitting = ({ seat }: FactOf<'seat-admitted'>, session: Session): Fault =>
  firstOf(
    inLobby(session),
    [hasCounsellor(session), 'empty-seat'],
    [session.seats[seat] !== undefined, 'empty-seat'],
    [session.seats[seat]?.admitted === false, 'no-change'],
  );

export const comparing = ({ seat, same }: FactOf<'words-compared'>, session: Session): Fault =>
  firstOf(
    inLobby(session),
    [session.seats[seat] !== undefined, 'empty-seat'],
    [session.seats[seat]?.sameWords !== same, 'no-change'],
  );

export const readying = ({ seat, ready }: FactOf<'readiness-changed'>, session: Session): Fault =>
  firstOf(
    inLobby(session),
    [session.seats[seat] !== undefined, 'empty-seat'],
    [session.seats[seat]?.ready !== ready, 'no-change'],
  );

export const choosing = ({ seat, keep }: FactOf<'saving-chosen'>, session: Session): Fault =>
  firstOf(
    [session.phase.is !== 'sealed' || session.phase.decideBy !== null, 'after-end'],
    [session.seats[seat] !== undefined, 'empty-seat'],
    [session.seats[seat]?.keep !== keep, 'no-change'],
  );

export function opening(session: Session): Fault {
  const both = PARTNERS.map((partner) => session.seats[partner]);
  const here = both.every((taken) => taken?.admitted && taken.ready && taken.sameWords !== false);
  return firstOf(inLobby(session), [here, 'not-ready']);
}
