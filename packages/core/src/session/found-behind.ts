import type { Fact } from './events/index.ts';
import type { Session } from './state.ts';

/**
 * What it comes to that a device has seen more than the log holds, as it may after a backup was put back. Anybody can
 * claim it, so it changes nothing but one line, and claiming it again before the next turn changes nothing at all.
 */
export const foundBehind = ({ phase, behind }: Session): readonly Fact[] =>
  behind === null && (phase.is === 'lobby' || phase.is === 'live') ? [{ type: 'log-behind' }] : [];
