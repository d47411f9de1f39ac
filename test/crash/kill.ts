import { seededRandom } from '../support/seeded-random.ts';
import type { Kill } from './kill-point.ts';
import { planOf } from './plan.ts';
import { liveThrough, NOBODY, together, type WorldTally } from './world.ts';

export interface KillTally extends WorldTally {
  readonly kills: readonly Kill[];
}

/** As many servers as one store and its people live through; small enough that each look at the log stays quick. */
const MOST_IN_A_WORLD = 25;
/** People mostly wait to come back, so several worlds share a core. */
const AT_ONCE = 3;

/** Kills so many servers, at every named point as often as `each`. Rejects at the first thing that was lost. */
export async function killServers(
  { kills, each, seed }: { readonly kills: number; readonly each: number; readonly seed: number },
  told: (done: number) => void = () => {},
): Promise<KillTally> {
  const plan = planOf(kills, each, seededRandom(seed));
  const size = Math.min(MOST_IN_A_WORLD, Math.ceil(plan.length / AT_ONCE));
  const starts = Array.from({ length: Math.ceil(plan.length / size) }, (_, index) => index * size);
  let tally = NOBODY;
  let done = 0;
  async function work(): Promise<void> {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const own = plan.slice(start, start + size);
      try {
        tally = together(tally, await liveThrough(own, seed + start));
      } catch (cause) {
        // The others bring to its end what they have begun, and begin nothing more.
        starts.length = 0;
        throw cause;
      }
      done += own.length;
      told(done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { ...tally, kills: plan };
}
