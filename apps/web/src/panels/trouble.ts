import { sessionWords } from '../locales/en-session.ts';
import type { SaidCode } from '../session/control-client.ts';

/** The calm sentence for what was not taken. */
export function troubleWords(code: SaidCode): string {
  const words: Readonly<Partial<Record<SaidCode, string>>> = sessionWords.trouble;
  return words[code] ?? sessionWords.trouble.other;
}
