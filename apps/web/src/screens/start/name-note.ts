import { lengthInGraphemes } from '@mend/core';
import { en } from '../../locales/en.ts';

/** As many letters as the server takes, as a person counts them. */
const MOST = 40;

/** The sentence that says what to change about a name; null where it can be used. */
export function nameNote(name: string): string | null {
  const count = lengthInGraphemes(name.trim());
  if (count === 0) return en.start.nameAgain;
  return count > MOST ? en.start.nameLong : null;
}
