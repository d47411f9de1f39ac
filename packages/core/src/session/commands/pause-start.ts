import * as z from 'zod/mini';
import { minutesFrom } from '../flow.ts';
import { decided, defineCommand, EVERYBODY, unchanged } from './command.ts';

/** A pause, no reason asked. While one lasts, asking again changes nothing. */
export const pauseStart = defineCommand({
  type: 'pause.start',
  fields: z.strictObject({ minutes: z.optional(z.int().check(z.minimum(1), z.maximum(1_440))) }),
  seats: EVERYBODY,
  may: ({ session }) => session.phase.is === 'live',
  decide({ session, at }, { minutes }) {
    if (session.phase.is !== 'live' || session.phase.pause) return unchanged;
    return decided([
      { type: 'pause-started', until: minutes === undefined ? null : minutesFrom(at, minutes) },
    ]);
  },
});
