import { option } from '../support/option.ts';
import { simulate } from './simulate.ts';

/** `npm run simulate -- --seeds N [--from S] [--operations O]`: as many lives as there is time for. */

const OPERATIONS = 200;
const SEEDS = 10_000;

const from = option('from', 0);
const seeds = option('seeds', SEEDS);
const operations = option('operations', OPERATIONS);
const failed: number[] = [];
let admitted = 0;
let refusals = 0;

for (let seed = from; seed < from + seeds; seed++) {
  try {
    const tally = await simulate(seed, operations);
    admitted += tally.admitted;
    refusals += tally.refusals;
  } catch (cause) {
    failed.push(seed);
    process.stdout.write(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  }
}

process.stdout.write(`${admitted} words written, ${refusals} connections refused\n`);
process.stdout.write(`${seeds - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
