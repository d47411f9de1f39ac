import { createHash } from 'node:crypto';
import type { Entry, Seat } from '@mend/core';
import type { CommandAck } from '@mend/protocol';

/** A command that a phone gave, perhaps more than once, and what became of it. */
export interface Said {
  readonly seat: Seat;
  readonly command: { readonly type: string; readonly id?: string };
  /** How often the server has heard it, and every answer that it gave. */
  heard: number;
  readonly answers: CommandAck[];
  /** The answers that came back to the phone. */
  readonly acks: CommandAck[];
}

/** Commands that change something whenever they are carried out; others may find it as they want it. */
const ALWAYS_LEAVE_A_TRACE = new Set(['turn.done', 'moment.answer', 'exercise.start', 'session.close']);

/** What the log keeps of a command's id, spelled out a second time. */
const keyOf = (seat: Seat, id: string): string =>
  createHash('sha256').update(`mend command ${seat} ${id}`).digest('base64url').slice(0, 22);

/** What the log shows of one command. */
interface Effect {
  readonly times: number;
  /** Whether it let an open turn close first: then its effect comes in two steps, the second a moment later. */
  readonly inSteps: boolean;
}

const none: Effect = { times: 0, inSteps: false };

/** What the log shows of each command's key. It may stand at both steps of one effect. */
export function effectsIn(entries: readonly Entry[]): ReadonlyMap<string, Effect> {
  const begun = new Set<string>();
  const effects = new Map<string, Effect>();
  for (const entry of entries) {
    if (entry.kind !== 'event' || entry.command === null) continue;
    const { command, fact } = entry;
    const isFirstStep = fact.type === 'turn-closing';
    if (begun.delete(command) && !isFirstStep) continue;
    if (isFirstStep) begun.add(command);
    const { times, inSteps } = effects.get(command) ?? none;
    effects.set(command, { times: times + 1, inSteps: inSteps || isFirstStep });
  }
  return effects;
}

/**
 * What is wrong with the answers to a command, if anything: acknowledged means once, refused each time that it was
 * heard means never, and no answer means at most once. A refusal speaks for itself alone: the same command may have
 * been heard before by a server that is gone, or may come late on a connection that its phone has given up. And that
 * it could not be written says nothing where the disk failed so that nobody knows, or between the two steps.
 */
export function faultOf(
  { seat, command, heard, answers, acks }: Said,
  effects: ReadonlyMap<string, Effect>,
  isUnsure: boolean,
): string | null {
  if (command.id === undefined) return null;
  const { times, inSteps } = effects.get(keyOf(seat, command.id)) ?? none;
  const saysNothing = (code: string) => code === 'cannot-write' && (isUnsure || inSteps);
  const isRefused =
    answers.length === heard && answers.every((ack) => !ack.ok && !saysNothing(ack.error.code));
  if (answers.length > heard) return `${command.type} was answered more often than it was heard`;
  if (times > 1) return `${command.type} had its effect ${times} times`;
  if (acks.some(({ ok }) => ok) && times === 0 && ALWAYS_LEAVE_A_TRACE.has(command.type))
    return `${command.type} was acknowledged and had no effect`;
  if (isRefused && times > 0) return `${command.type} was refused and had its effect`;
  return null;
}
