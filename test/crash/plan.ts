import type { SeededRandom } from '../support/seeded-random.ts';
import { KILL_POINTS, type Kill } from './kill-point.ts';

/** Beyond this a kill at any time has nothing new to hit. */
const LONGEST_MS = 900;
const MOST_TIMES = 8;

/** Every named point as often as `each`, in a random order, and among them kills at any time. */
export function planOf(kills: number, each: number, random: SeededRandom): readonly Kill[] {
  const named: Kill[] = Array.from({ length: each }, () =>
    KILL_POINTS.map((at) => ({ at, times: 1 + random.int(MOST_TIMES), from: since(random) })),
  ).flat();
  const others: Kill[] = Array.from({ length: Math.max(0, kills - named.length) }, () => ({
    at: 'any time',
    afterMs: random.int(LONGEST_MS),
    from: since(random),
  }));
  return shuffled([...named, ...others], random);
}

const since = (random: SeededRandom): Kill['from'] => (random.chance(0.3) ? 'start' : 'everybody back');

function shuffled<T>(values: readonly T[], random: SeededRandom): readonly T[] {
  const rest = [...values];
  return values.flatMap(() => rest.splice(random.int(rest.length), 1));
}
