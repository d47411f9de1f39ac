import { randomInt } from 'node:crypto';

/**
 * Short codes that stand for an invitation, to be typed in from another screen. Eight characters without
 * look-alikes: the first four find the code, the last four are its secret, so that guesses can be counted against
 * the code they aim at. Held in memory alone: a restart forgets them, and the screen asks for a new one.
 */

const LETTERS = 'ACDEFHJKMNPRTUVWXY';
const DIGITS = '34679';
export const CODE_MS = 15 * 60 * 1000;
const MOST_GUESSES = 20;
const MOST_CODES = 10_000;

interface Entry {
  readonly secret: string;
  readonly invite: string;
  readonly until: number;
  guesses: number;
}

export interface CodeBook {
  /** A new code for this invitation; an older one of the same invitation no longer works. Null when the book is full. */
  issue(invite: string, at: number): { readonly code: string; readonly until: number } | null;
  /** The invitation behind a code, once; null where it is unknown, used, expired or guessed at too often. */
  redeem(code: string, at: number): string | null;
}

export function createCodeBook(): CodeBook {
  const byPlace = new Map<string, Entry>();

  function sweep(at: number): void {
    for (const [place, { until }] of byPlace) if (until <= at) byPlace.delete(place);
  }

  return {
    issue(invite, at) {
      sweep(at);
      for (const [place, entry] of byPlace) if (entry.invite === invite) byPlace.delete(place);
      if (byPlace.size >= MOST_CODES) return null;
      let place = pick(LETTERS);
      while (byPlace.has(place)) place = pick(LETTERS);
      const secret = pick(LETTERS + DIGITS);
      const until = at + CODE_MS;
      byPlace.set(place, { secret, invite, until, guesses: 0 });
      return { code: `${place}-${secret}`, until };
    },
    redeem(code, at) {
      const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
      const place = plain.slice(0, 4);
      const entry = byPlace.get(place);
      if (!entry || plain.length !== 8 || entry.until <= at) return null;
      if (plain.slice(4) === entry.secret) {
        byPlace.delete(place);
        return entry.invite;
      }
      entry.guesses += 1;
      if (entry.guesses >= MOST_GUESSES) byPlace.delete(place);
      return null;
    },
  };
}

const pick = (from: string): string =>
  Array.from({ length: 4 }, () => from[randomInt(from.length)] ?? '').join('');
