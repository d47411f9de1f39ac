import * as z from 'zod/mini';
import type { Shelf } from '../../exercise/exercise.ts';
import { type Millis, PARTNERS, SEATS, type Seat } from '../../ids.ts';
import { ok, type Result } from '../../result.ts';
import type { Fact } from '../events/index.ts';
import type { Notice } from '../notice.ts';
import type { Refusal } from '../refusal.ts';
import type { Session } from '../state.ts';

/** What a command is decided on. Time and content come in; nothing is fetched. */
export interface Situation {
  readonly session: Session;
  readonly seat: Seat;
  readonly at: Millis;
  readonly shelf: Shelf;
}

/** What a command comes to: facts for the log, and what is only said. */
export interface Outcome {
  readonly facts: readonly Fact[];
  readonly notices: readonly Notice[];
}

export type Decision = Result<Outcome, Refusal>;

/** One command: its fields, who may ever give it, when it is offered, and what it does. */
export interface CommandDefinition<T extends string, S extends z.ZodMiniType> {
  readonly type: T;
  /** The fields beside `type` and `id`. */
  readonly fields: S;
  readonly seats: readonly Seat[];
  /** Whether this seat can give it now: fills `may`, and is checked before `decide`. */
  may(situation: Situation): boolean;
  /** A more telling refusal, asked for before `may` decides: the fields name something that is over. */
  whenNot?(situation: Situation, fields: z.infer<S>): Refusal | null;
  decide(situation: Situation, fields: z.infer<S>): Decision;
}

export const defineCommand = <T extends string, S extends z.ZodMiniType>(
  definition: CommandDefinition<T, S>,
): CommandDefinition<T, S> => definition;

export const EVERYBODY = SEATS;
export const BOTH_PARTNERS: readonly Seat[] = PARTNERS;
export const COUNSELLOR: readonly Seat[] = ['counsellor'];

export const decided = (facts: readonly Fact[], notices: readonly Notice[] = []): Decision =>
  ok({ facts, notices });
/** Acknowledged, and nothing changes. */
export const unchanged: Decision = decided([]);

export const noFields = z.strictObject({});
