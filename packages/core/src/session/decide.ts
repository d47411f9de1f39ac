import * as z from 'zod/mini';
import { err, ok, type Result } from '../result.ts';
import type { Outcome, Situation } from './commands/command.ts';
import { type AnyCommand, COMMANDS, type CommandType, commandDefinition } from './commands/index.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A command that has the right shape; nothing is said yet on whether it may be given. */
export interface ParsedCommand {
  readonly definition: AnyCommand;
  readonly fields: unknown;
  /** Present where the sender may repeat it. */
  readonly id: string | null;
}

const envelope = z.object({ type: z.string().check(z.maxLength(64)), id: z.optional(z.uuid()) });

/** Reads a command off the wire. Refusals: `bad-input`, `unknown-command`. */
export function parseCommand(raw: unknown): Result<ParsedCommand, Refusal> {
  const head = envelope.safeParse(raw);
  if (!head.success || typeof raw !== 'object' || raw === null) return err(refusal('bad-input'));
  const definition = commandDefinition(head.data.type);
  if (!definition) return err(refusal('unknown-command'));
  const { type: _type, id: _id, ...rest }: Record<string, unknown> = { ...raw };
  if (Object.getPrototypeOf(raw) !== Object.prototype || Object.hasOwn(raw, '__proto__')) {
    return err(refusal('bad-input'));
  }
  const fields = definition.fields.safeParse(rest);
  if (!fields.success) return err(refusal('bad-input'));
  return ok({ definition, fields: fields.data, id: head.data.id ?? null });
}

/** The pure step: what a command comes to in this situation. */
export function decide(situation: Situation, command: ParsedCommand): Result<Outcome, Refusal> {
  const { definition, fields } = command;
  if (!definition.seats.includes(situation.seat)) return err(refusal('not-allowed'));
  const over = definition.whenNot?.(situation, fields) ?? null;
  if (over) return err(over);
  if (!definition.may(situation)) return err(refusal('not-now'));
  return definition.decide(situation, fields);
}

/**
 * What `v` was for this seat when its command with this key had its effect; null if it had none yet. The key is made
 * of the command's id and its seat, so that one seat's ids mean nothing to another.
 */
export const doneBefore = ({ session, seat }: Situation, key: string | null): number | null =>
  (key === null ? undefined : session.commands.get(key)?.[seat]) ?? null;

/** The commands this seat can give now. */
export const mayNow = (situation: Situation): CommandType[] =>
  COMMANDS.filter((command) => command.seats.includes(situation.seat) && command.may(situation)).map(
    (command) => command.type,
  );
