import { option } from '../support/option.ts';
import { fuzz, ROUND } from './fuzz.ts';

/** `npm run fuzz -- --frames N [--from SEED]`: as many frames through the real door as there is time for. */

const FRAMES = 10_000_000;

const from = option('from', 0);
const seeds = Math.ceil(option('frames', FRAMES) / ROUND);
const failed: number[] = [];
const sums = new Map<string, number>();

for (let seed = from; seed < from + seeds; seed++) {
  try {
    const { outcomes, ended, honest, slow } = await fuzz(seed);
    for (const [what, count] of [...outcomes, ...ended]) sums.set(what, (sums.get(what) ?? 0) + count);
    sums.set('honest', (sums.get('honest') ?? 0) + honest);
    if (slow > 0) throw new Error(`${slow} frames took too long`);
  } catch (cause) {
    failed.push(seed);
    process.stdout.write(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  }
}

for (const [what, count] of [...sums].sort(([, a], [, b]) => b - a))
  process.stdout.write(`${count} ${what}\n`);
process.stdout.write(`${seeds * ROUND} frames\n${seeds - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
