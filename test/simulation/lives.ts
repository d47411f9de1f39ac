import { expect, test } from 'vitest';
import { simulate, type Tally } from './simulate.ts';

/** How many lives are lived on every run, in how many files, and how long they are. */
export const SEEDS = 2_000;
const FILES = 4;
export const OPERATIONS = 200;

/** The lives of one file, a hundred to a test. Files run side by side. */
export function livesOf(file: number): void {
  for (let from = (SEEDS / FILES) * file; from < (SEEDS / FILES) * (file + 1); from += 100) {
    test(`M1 seeds ${from} to ${from + 99}: nothing shown is lost, nothing is written out of turn`, async () => {
      const tallies: Tally[] = [];
      for (let seed = from; seed < from + 100; seed++) tallies.push(await named(seed));
      const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
      expect(sum((tally) => tally.admitted)).toBeGreaterThan(100);
      expect(sum((tally) => tally.refusals)).toBeGreaterThan(0);
      expect(sum((tally) => tally.turns)).toBeGreaterThan(100);
      expect(sum((tally) => tally.crashes)).toBeGreaterThan(25);
      expect(sum((tally) => tally.acknowledged)).toBeGreaterThan(100);
    });
  }
}

async function named(seed: number): Promise<Tally> {
  try {
    return await simulate(seed, OPERATIONS);
  } catch (cause) {
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
