/**
 * What an exercise is: a list of steps, each either a written turn of one part or a question to one or both, and
 * the words in which they are put. It is data; the session's rules alone say when a step passes.
 */

/** `first` is P1, or the hurt partner where the two are told apart; `second` is the other. */
export type Part = 'first' | 'second';

export type Language = 'en';
export const LANGUAGES: readonly Language[] = ['en'];

/** Where a step leads: the next one in the list, a step by its id, or the end of the exercise. */
export type Go = 'next' | 'end' | { readonly step: string };

interface StepBase {
  readonly id: string;
  readonly kind: string;
  /** Key of the sentence for the one who acts. */
  readonly prompt: string;
  /** Key of the sentence for the one who waits or listens. */
  readonly listen: string;
  /** Earlier steps whose words are shown here, beside what is asked. */
  readonly shows?: readonly string[];
  /** Off the main line, so not counted in the progress shown. */
  readonly aside?: true;
}

/** One part writes, the other reads along. */
export interface WrittenStep extends StepBase {
  readonly form: 'written';
  readonly by: Part;
  /** Keys of sentence starters, offered and never put in unasked. */
  readonly starters?: readonly string[];
  /** Key of an example, shown only when asked for. */
  readonly example?: string;
  /** How long it usually takes; said, never enforced. */
  readonly minutes?: number;
  readonly go?: Go;
}

/** One part or both answer by choosing. `choices[0]` goes on; later ones are more cautious. */
export interface AskedStep extends StepBase {
  readonly form: 'asked';
  readonly asks: readonly Part[];
  readonly choices: readonly Choice[];
  /** Where both are asked: whether each one's answer is shown to the other once both are in. */
  readonly reveals?: boolean;
  /** A written step whose last words become a promise if every answer is `choices[0]`. */
  readonly promises?: string;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** How many characters may be added in own words; absent: none are asked for. */
  readonly words?: number;
  readonly go?: Go;
  /** When this has been the outcome so many times, it leads elsewhere: no loop traps anybody. */
  readonly atMost?: { readonly times: number; readonly go: Go };
}

export type Step = WrittenStep | AskedStep;

export interface Exercise {
  readonly id: string;
  readonly minutes: number;
  /** Whether the exercise tells the hurt partner and the one who repairs apart. */
  readonly tellsApart: boolean;
  readonly steps: readonly Step[];
  readonly words: Readonly<Record<Language, Readonly<Record<string, string>>>>;
}

export const partOf = (first: string, seat: string): Part => (first === seat ? 'first' : 'second');

/** The sentence of a key, with `{name}` places filled in. A key without words is a mistake of ours and throws. */
export function say(
  exercise: Exercise,
  language: Language,
  key: string,
  fill: Readonly<Record<string, string>> = {},
): string {
  const text = exercise.words[language][key];
  if (text === undefined) throw new Error(`no words for ${exercise.id}.${key} in ${language}`);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole);
}

/** Finds an exercise by id; what the shelf gives to the session's rules. */
export type Shelf = ReadonlyMap<string, Exercise>;
