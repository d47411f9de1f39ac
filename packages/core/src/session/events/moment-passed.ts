import * as z from 'zod/mini';
import { turnId } from '../../ids.ts';
import { changeRun } from './change-run.ts';
import { ALL, defineFact, inLive } from './fact.ts';

/**
 * The open moment is over. `outcome` is the choice it came to, or how it ended without one (`written`, `skipped`);
 * `shows` says whether the answers given may now be seen by all.
 */
export const momentPassed = defineFact({
  type: 'moment-passed',
  schema: z.strictObject({
    type: z.literal('moment-passed'),
    moment: z.string(),
    outcome: z.string(),
    shows: z.boolean(),
    about: z.nullable(z.string()),
  }),
  seenBy: ALL,
  evolve(session, { outcome, shows, about }, at) {
    const run = session.phase.is === 'live' ? session.phase.run : null;
    const moment = run?.moment;
    if (!run || !moment) throw new Error('no moment to pass');
    const shown = shows
      ? moment.given.map((given) => ({
          ...given,
          moment: moment.id,
          run: run.id,
          step: moment.step,
          exercise: run.exercise,
          about: about === null ? null : turnId(about),
          at,
        }))
      : [];
    const next = inLive(session, (live) =>
      changeRun(live, () => ({ moment: null, outcomes: counted(run.outcomes, moment.step, outcome) })),
    );
    return { ...next, answers: [...session.answers, ...shown] };
  },
});

/** Counts outcomes in a row: another outcome of the same step starts the count anew. */
function counted(
  before: Readonly<Record<string, number>>,
  step: string,
  outcome: string,
): Record<string, number> {
  const others = Object.entries(before).filter(([key]) => !key.startsWith(`${step} `));
  const key = `${step} ${outcome}`;
  return { ...Object.fromEntries(others), [key]: (before[key] ?? 0) + 1 };
}
