import { en } from '../locales/en.ts';

/** Why a call brought nothing, as a value: a code to decide by and a sentence to show. */
export interface Failure {
  /** The server's stable code; `offline` where it was not reached, `unreadable` where its answer was not understood. */
  readonly code: string;
  readonly sentence: string;
}

/** The calm sentence for a code. What a code means in one place only is said by that screen. */
export function failure(code: string): Failure {
  const sentences: Readonly<Record<string, string>> = en.failures;
  return { code, sentence: sentences[code] ?? en.failures.other };
}
