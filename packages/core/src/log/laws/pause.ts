import { PARTNERS } from '../../ids.ts';
import { floorHolder } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';
import { type FactOf, firstOf, type Scene } from './scene.ts';

/** Pauses, and hands that are raised (rules S9, S10, S17). */

type Fault = LogFault | null;

export const starting = ({ live }: Scene): Fault => firstOf([live.pause === null, 'pause']);

export const returning = ({ seat }: FactOf<'return-declared'>, { session, live: { pause } }: Scene): Fault =>
  firstOf(
    [session.seats[seat] !== undefined, 'empty-seat'],
    [pause !== null, 'pause'],
    [!pause?.back.includes(seat), 'no-change'],
  );

export const ending = ({ live: { pause } }: Scene): Fault =>
  firstOf([pause !== null && PARTNERS.every((partner) => pause.back.includes(partner)), 'pause']);

export const raisingHand = ({ seat, up }: FactOf<'hand-changed'>, { session, live }: Scene): Fault =>
  firstOf(
    [session.seats[seat] !== undefined, 'empty-seat'],
    [live.pause === null, 'pause'],
    [floorHolder(session)?.seat !== seat, 'two-turns'],
    [live.hands.includes(seat) !== up, 'no-change'],
  );
