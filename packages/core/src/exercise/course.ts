import { isPartner, otherPartner, type Seat } from '../ids.ts';
import type { Run } from '../session/state.ts';
import type { AskedStep, Exercise, Go, Part, Step } from './exercise.ts';

/** How a run goes through its exercise: which seat has which part, and which step follows which. */

export const seatOf = (run: Pick<Run, 'first'>, part: Part): Seat =>
  part === 'first' ? run.first : otherPartner(run.first);

export const askedSeats = (run: Pick<Run, 'first'>, step: Step): readonly Seat[] =>
  step.form === 'asked' ? step.asks.map((part) => seatOf(run, part)) : [];

export const partIn = (run: Pick<Run, 'first'>, seat: Seat): Part | null =>
  isPartner(seat) ? (run.first === seat ? 'first' : 'second') : null;

export function stepById(exercise: Exercise, id: string): Step {
  const step = exercise.steps.find((one) => one.id === id);
  if (!step) throw new Error(`exercise ${exercise.id} has no step ${id}`);
  return step;
}

/** The step after this one; null where the exercise ends. Steps off the main line are entered only by name. */
export function follow(exercise: Exercise, from: Step, go: Go = 'next'): Step | null {
  if (go === 'end') return null;
  if (go !== 'next') return stepById(exercise, go.step);
  return exercise.steps.slice(exercise.steps.indexOf(from) + 1).find((step) => !step.aside) ?? null;
}

/** What a question comes to: the most cautious of the answers given. */
export function outcomeOf(step: AskedStep, choices: readonly string[]): string {
  const rank = (id: string) => step.choices.findIndex((choice) => choice.id === id);
  return choices.reduce((a, b) => (rank(b) > rank(a) ? b : a));
}

/** Where an outcome leads, given how often it has come up in a row before. */
export function goOf(step: AskedStep, outcome: string, before: number): Go {
  const choice = step.choices.find((one) => one.id === outcome);
  if (choice?.atMost && before + 1 >= choice.atMost.times) return choice.atMost.go;
  return choice?.go ?? 'next';
}

export const outcomeKey = (step: string, choice: string): string => `${step} ${choice}`;

/** How far along the main line a step is: `at` of `of`, both counted from 1. */
export function progressOf(exercise: Exercise, step: string): { at: number; of: number } {
  const line = exercise.steps.filter((one) => !one.aside);
  const at = line.findIndex((one) => one.id === step);
  const before = exercise.steps.findIndex((one) => one.id === step);
  const nearest = line.filter((one) => exercise.steps.indexOf(one) < before).length;
  return { at: at >= 0 ? at + 1 : Math.max(1, nearest), of: line.length };
}
