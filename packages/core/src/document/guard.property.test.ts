import fc from 'fast-check';
import { describe, it } from 'vitest';
import { damagedIsHarmless, forgedIsHarmless, honestIsTaken, RUNS } from './fixtures/properties.ts';

/** Milliseconds: all of them take a few seconds, unless the machine is busy with something else. */
const TIMEOUT = 60_000;

// A failing run prints its seed and path: `fc.assert(property, { seed, path })` plays it again.
describe('the guard against plain Yjs', () => {
  it(
    'D6 D12 D13 D14 D19 takes whatever honest clients send, and then all read the same',
    () => {
      fc.assert(honestIsTaken(60), { numRuns: RUNS.honest });
    },
    TIMEOUT,
  );

  it(
    'D10 D12 D18 D19 lets forged updates change the held text or nothing',
    () => {
      fc.assert(forgedIsHarmless(25), { numRuns: RUNS.forged });
    },
    TIMEOUT,
  );

  it(
    'D2 D3 D4 D5 D17 lets damaged bytes change the held text or nothing',
    () => {
      fc.assert(damagedIsHarmless(25), { numRuns: RUNS.damaged });
    },
    TIMEOUT,
  );
});
