import * as z from 'zod/mini';
import { type Millis, SEATS, type Seat } from '../../ids.ts';
import type { Live, Session } from '../state.ts';

/** One kind of fact: how it is stored, who may see that it happened, and what it changes. */
export interface FactDefinition<T extends string, S extends z.ZodMiniType<{ type: T }>> {
  readonly type: T;
  /** The stored shape. What is stored once stays readable for ever: change it only by adding optional fields. */
  readonly schema: S;
  /** The seats whose view may show it; it is not counted, and makes no view, for the others. */
  seenBy(fact: z.infer<S>, session: Session): readonly Seat[];
  evolve(session: Session, fact: z.infer<S>, at: Millis): Session;
}

export const defineFact = <T extends string, S extends z.ZodMiniType<{ type: T }>>(
  definition: FactDefinition<T, S>,
): FactDefinition<T, S> => definition;

export const ALL = (): readonly Seat[] => SEATS;
export const NOBODY = (): readonly Seat[] => [];
export const OWN_SEAT = (fact: { seat: Seat }): readonly Seat[] => [fact.seat];

export const seatSchema = z.enum(SEATS);
export const partnerSchema = z.enum(['partnerA', 'partnerB']);

/** Changes the live phase; a fact about a live session in any other phase is a bug in what decided it. */
export function inLive(session: Session, change: (live: Live) => Live): Session {
  if (session.phase.is !== 'live') throw new Error(`a fact of a live session in phase ${session.phase.is}`);
  return { ...session, phase: change(session.phase) };
}
