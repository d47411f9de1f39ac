import * as z from 'zod/mini';
import { changeRun } from './change-run.ts';
import { ALL, defineFact, inLive, seatSchema } from './fact.ts';

/** One seat's answer to the open moment. Where it asks both, only its own seat sees it until both are in. */
export const answerGiven = defineFact({
  type: 'answer-given',
  schema: z.strictObject({
    type: z.literal('answer-given'),
    moment: z.string(),
    seat: seatSchema,
    choice: z.string(),
    words: z.nullable(z.string()),
  }),
  seenBy(fact, session) {
    const asks = session.phase.is === 'live' ? (session.phase.run?.moment?.asks ?? []) : [];
    return asks.length > 1 ? [fact.seat] : ALL();
  },
  evolve: (session, { seat, choice, words }) =>
    inLive(session, (live) =>
      changeRun(live, ({ moment }) => ({
        moment: moment && { ...moment, given: [...moment.given, { seat, choice, words }] },
      })),
    ),
});
