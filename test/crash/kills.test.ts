/**
 * The server's process, killed.
 *
 * P1 A server that is killed at any point of the write path, or at any time, has lost and doubled nothing: what
 *    another screen has shown, what was called saved, the effect of every command that was answered and every view
 *    that was seen are in the store before anybody comes back. Words that were typed and not taken in come again with
 *    their writer. The log is proven, and both screens are equal to it.
 * P2 Every named point, and every step of the store, has been the end of a server.
 */
import { expect, test } from 'vitest';
import { killServers } from './kill.ts';
import { KILL_POINTS } from './kill-point.ts';

const KILLS = 50;
const SEED = 20_260_801;

test('P1 P2 fifty kills, at every named point twice and at any time, lose and double nothing', async () => {
  const { kills, shown, saved, acknowledged } = await killServers({ kills: KILLS, each: 2, seed: SEED });
  expect(kills.length).toBe(KILLS);
  for (const point of KILL_POINTS) expect(kills.filter(({ at }) => at === point).length, point).toBe(2);
  // They were busy all the while.

  expect(Math.min(shown, saved, acknowledged)).toBeGreaterThan(KILLS);
});
