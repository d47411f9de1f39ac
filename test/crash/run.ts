import { option } from '../support/option.ts';
import { killServers } from './kill.ts';
import { KILL_POINTS } from './kill-point.ts';

/** `npm run crash -- --kills N [--seed S]`: kills as many servers as there is time for. */

const KILLS = 1_000;
/** One in three kills comes at any time. */
const NAMED = 2 / 3;

const kills = option('kills', KILLS);
const seed = option('seed', Math.floor(Math.random() * 1_000_000));
const each = Math.floor((kills * NAMED) / KILL_POINTS.length);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`seed ${seed}: ${kills} kills, ${each} at each of ${KILL_POINTS.length} points`);
try {
  const tally = await killServers({ kills, each, seed }, (done) => say(`${done} of ${kills}`));
  say(`${tally.shown} words shown, ${tally.saved} called saved, ${tally.acknowledged} commands answered`);
  say(`${kills} passed, 0 failed`);
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause));
  say('1 failed');
  process.exitCode = 1;
}
