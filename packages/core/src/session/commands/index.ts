import type * as z from 'zod/mini';
import type { Seat } from '../../ids.ts';
import type { Refusal } from '../refusal.ts';
import type { Decision, Situation } from './command.ts';
import { consentSave } from './consent-save.ts';
import { exerciseStart } from './exercise-start.ts';
import { lobbyAdmit } from './lobby-admit.ts';
import { lobbyMatch } from './lobby-match.ts';
import { lobbyReady } from './lobby-ready.ts';
import { moderateGive } from './moderate-give.ts';
import { moderateHold } from './moderate-hold.ts';
import { moderatePrompt } from './moderate-prompt.ts';
import { moderateResume } from './moderate-resume.ts';
import { moderateSkip } from './moderate-skip.ts';
import { moderateSpeak } from './moderate-speak.ts';
import { momentAnswer } from './moment-answer.ts';
import { pauseEnd } from './pause-end.ts';
import { pauseStart } from './pause-start.ts';
import { sessionClose } from './session-close.ts';
import { signal } from './signal.ts';
import { turnAsk } from './turn-ask.ts';
import { turnDone } from './turn-done.ts';
import { turnHere } from './turn-here.ts';

/** Every command there is. A new one is a file and a line here. */
export const COMMANDS = [
  lobbyReady,
  lobbyMatch,
  lobbyAdmit,
  consentSave,
  exerciseStart,
  momentAnswer,
  turnDone,
  turnAsk,
  turnHere,
  pauseStart,
  pauseEnd,
  signal,
  sessionClose,
  moderateHold,
  moderateResume,
  moderateGive,
  moderateSpeak,
  moderateSkip,
  moderatePrompt,
] as const;

type Registered = (typeof COMMANDS)[number];
export type CommandType = Registered['type'];

/** What goes over the wire: the type, the fields of that type, and an id if it may be sent twice. */
export type Command = {
  [D in Registered as D['type']]: { readonly type: D['type']; readonly id?: string } & Fields<D>;
}[CommandType];

/** No fields at all would otherwise be a shape that nothing with a type fits. */
type Fields<D extends Registered> = string extends keyof z.infer<D['fields']>
  ? unknown
  : z.infer<D['fields']>;

/** A definition seen from outside: given only fields of its own schema. */
export interface AnyCommand {
  readonly type: string;
  readonly fields: z.ZodMiniType;
  readonly seats: readonly Seat[];
  may(situation: Situation): boolean;
  whenNot?(situation: Situation, fields: unknown): Refusal | null;
  decide(situation: Situation, fields: unknown): Decision;
}

const registry: readonly AnyCommand[] = COMMANDS as readonly Registered[] as readonly AnyCommand[];
const byType: ReadonlyMap<string, AnyCommand> = new Map(registry.map((command) => [command.type, command]));

export const commandDefinition = (type: string): AnyCommand | undefined => byType.get(type);
export const commandTypes = (): readonly CommandType[] => COMMANDS.map((command) => command.type);
