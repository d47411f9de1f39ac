import type * as z from 'zod/mini';
import type { Millis, Seat } from '../../ids.ts';
import type { Session } from '../state.ts';
import { answerGiven } from './answer-given.ts';
import { exerciseEnded } from './exercise-ended.ts';
import { exerciseStarted } from './exercise-started.ts';
import { floorHeld } from './floor-held.ts';
import { floorResumed } from './floor-resumed.ts';
import { handChanged } from './hand-changed.ts';
import { inviteRenewed } from './invite-renewed.ts';
import { lineOffered } from './line-offered.ts';
import { logBehind } from './log-behind.ts';
import { momentOpened } from './moment-opened.ts';
import { momentPassed } from './moment-passed.ts';
import { pauseEnded } from './pause-ended.ts';
import { pauseStarted } from './pause-started.ts';
import { penMoved } from './pen-moved.ts';
import { promiseMade } from './promise-made.ts';
import { readinessChanged } from './readiness-changed.ts';
import { returnDeclared } from './return-declared.ts';
import { savingChosen } from './saving-chosen.ts';
import { seatAdmitted } from './seat-admitted.ts';
import { seatJoined } from './seat-joined.ts';
import { sessionCreated } from './session-created.ts';
import { sessionErased } from './session-erased.ts';
import { sessionOpened } from './session-opened.ts';
import { sessionSealed } from './session-sealed.ts';
import { turnClosed } from './turn-closed.ts';
import { turnClosing } from './turn-closing.ts';
import { turnOpened } from './turn-opened.ts';
import { wordsCompared } from './words-compared.ts';

/** Every kind of fact there is. A new one is a file and a line here. */
export const FACTS = [
  sessionCreated,
  inviteRenewed,
  seatJoined,
  seatAdmitted,
  wordsCompared,
  readinessChanged,
  savingChosen,
  sessionOpened,
  exerciseStarted,
  momentOpened,
  turnOpened,
  penMoved,
  turnClosing,
  turnClosed,
  answerGiven,
  momentPassed,
  promiseMade,
  exerciseEnded,
  handChanged,
  pauseStarted,
  returnDeclared,
  pauseEnded,
  floorHeld,
  floorResumed,
  lineOffered,
  logBehind,
  sessionSealed,
  sessionErased,
] as const;

export type Fact = z.infer<(typeof FACTS)[number]['schema']>;
export type FactType = Fact['type'];

/** A definition seen from outside: asked only about facts of its own type. */
interface AnyFact {
  readonly type: string;
  readonly schema: z.ZodMiniType<Fact>;
  seenBy(fact: Fact, session: Session): readonly Seat[];
  evolve(session: Session, fact: Fact, at: Millis): Session;
}

const registry: readonly AnyFact[] = FACTS;
const byType: ReadonlyMap<string, AnyFact> = new Map(registry.map((fact) => [fact.type, fact]));

/** The definition of a type of fact; undefined where this build knows no such type. */
export const factDefinition = (type: string): AnyFact | undefined => byType.get(type);
