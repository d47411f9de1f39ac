import * as z from 'zod/mini';
import { millis } from '../../ids.ts';
import { ALL, defineFact, inLive } from './fact.ts';

/** A pause was asked for. By whom is told to nobody, so it is not in the fact. */
export const pauseStarted = defineFact({
  type: 'pause-started',
  schema: z.strictObject({ type: z.literal('pause-started'), until: z.nullable(z.int()) }),
  seenBy: ALL,
  evolve: (session, { until }, at) =>
    inLive(session, (live) => ({
      ...live,
      pause: { since: at, until: until === null ? null : millis(until), back: [] },
    })),
});
