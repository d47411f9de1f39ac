import { expect, test } from 'vitest';
import { simulate, type Tally } from './simulate.ts';

/** How many lives are lived on every run, and how long they are. */
const SEEDS = 2_000;
const OPERATIONS = 200;

const hundreds = Array.from({ length: SEEDS / 100 }, (_, index) => index * 100);

for (const from of hundreds) {
  test(`M1 seeds ${from} to ${from + 99}: nothing shown is lost, nothing is written out of turn`, async () => {
    const tallies: Tally[] = [];
    for (let seed = from; seed < from + 100; seed++) {
      try {
        tallies.push(await simulate(seed, OPERATIONS));
      } catch (cause) {
        throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    }
    const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
    expect(sum((tally) => tally.admitted)).toBeGreaterThan(100);
    expect(sum((tally) => tally.refusals)).toBeGreaterThan(0);
    expect(sum((tally) => tally.turns)).toBeGreaterThan(100);
    expect(sum((tally) => tally.crashes)).toBeGreaterThan(0);
  });
}

/** Lives that once went wrong. */
const REMEMBERED: readonly (readonly [number, string])[] = [
  [940, 'a snapshot forgot who held the pen of the turn that waited under the counsellor’s'],
];

for (const [seed, what] of REMEMBERED) {
  test(`M1 seed ${seed}: ${what}`, async () => {
    await expect(simulate(seed, OPERATIONS)).resolves.toBeDefined();
  });
}

test('M2 a seed plays the same life every time', async () => {
  expect(await simulate(7, OPERATIONS)).toEqual(await simulate(7, OPERATIONS));
});
