/**
 * Hostile bytes by the million.
 *
 * F1 A million frames, honest ones with damage done to them, made up ones, old ones and noise, through the real door
 *    and the real session: no throw, nothing pending, no write but its sender's own in its own turn, no call over
 *    100 ms, and the honest writer beside them is taken in word by word.
 * F2 A seed sends the same frames every time.
 * F3 20,000 frames, packets and bodies over real sockets: the server lives, does not stall, and a couple beside them
 *    loses no word and no connection.
 */

import { GUARD_CODES } from '@mend/core';
import { expect, test } from 'vitest';
import { fuzz, ROUND, type Tally } from './fuzz.ts';

const FRAMES = 1_000_000;
/** Files that run side by side. */
export const PARTS = 2;
const SEEDS = Math.ceil(FRAMES / ROUND / PARTS);
const SEEDS_A_TEST = 7;

/** Reasons that need more than a short session holds, or a store that no updates can make. */
const RARE: readonly string[] = [
  'too-large',
  'too-many-structs',
  'too-many-clocks',
  'too-many-ranges',
  'too-many-visits',
  'text-too-long',
  'gc-origin',
  // Answered on the connection, which stays.
  'gap',
  'ds-gap',
];
const EXPECTED = Object.keys(GUARD_CODES).filter((code) => !RARE.includes(code));

/** One part of the million, as tests of the file that asks for it. */
export function testPart(part: number): void {
  const begin = part * SEEDS;
  for (let from = begin; from < begin + SEEDS; from += SEEDS_A_TEST) {
    const to = Math.min(from + SEEDS_A_TEST, begin + SEEDS) - 1;
    test(`F1 seeds ${from} to ${to}: no frame does what its sender may not`, async () => {
      const tallies: Tally[] = [];
      for (let seed = from; seed <= to; seed++) tallies.push(await named(seed));
      const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
      expect(sum(({ slow }) => slow)).toBe(0);
      expect(sum(({ honest }) => honest)).toBeGreaterThan(100);
      // A fuzz whose frames are all refused for one reason tests little.
      for (const outcome of ['frame', 'taken', 'resync', 'refused', 'heard', 'asked'])
        expect(sum(({ outcomes }) => outcomes.get(outcome) ?? 0)).toBeGreaterThan(100);
      const seen = new Set(tallies.flatMap(({ ended }) => [...ended.keys()]));
      expect(EXPECTED.filter((code) => !seen.has(code))).toEqual([]);
    });
  }
}

async function named(seed: number): Promise<Tally> {
  try {
    return await fuzz(seed);
  } catch (cause) {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
