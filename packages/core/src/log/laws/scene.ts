import type { Fact, FactType } from '../../session/events/index.ts';
import type { Live, Session } from '../../session/state.ts';
import type { LogFault } from '../faults.ts';

/** The state just before a fact of a live session. */
export interface Scene {
  readonly session: Session;
  readonly live: Live;
}

export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/** The first of these that does not hold. */
export const firstOf = (
  ...laws: readonly (readonly [holds: boolean, otherwise: LogFault])[]
): LogFault | null => laws.find(([holds]) => !holds)?.[1] ?? null;

export const hasCounsellor = (session: Session): boolean => session.seats.counsellor !== undefined;
