import * as z from 'zod/mini';
import { momentId, turnId } from '../../ids.ts';
import { changeRun } from './change-run.ts';
import { ALL, defineFact, inLive, seatSchema } from './fact.ts';

/**
 * The floor is one seat's. A counsellor who speaks lies over the floor; the turn under it stays as it was. Where the
 * floor was held still before, that is since when it has rested: speaking gives nobody a second grace.
 */
export const turnOpened = defineFact({
  type: 'turn-opened',
  schema: z.strictObject({
    type: z.literal('turn-opened'),
    turn: z.string(),
    seat: seatSchema,
    kind: z.string(),
    moment: z.nullable(z.string()),
    over: z.optional(z.literal(true)),
  }),
  seenBy: ALL,
  evolve(session, { turn, seat, kind, moment, over }, at) {
    const open = { id: turnId(turn), seat, pen: null };
    const entry = {
      id: open.id,
      seat,
      exercise: session.phase.is === 'live' ? (session.phase.run?.exercise ?? null) : null,
      moment: moment === null ? null : momentId(moment),
      kind,
      openedAt: at,
      closedAt: null,
    };
    const next = inLive(session, (live) => {
      if (over) return { ...live, over: { is: 'speaking', since: live.over?.since ?? at, turn: open } };
      const held = {
        ...live,
        floor: { is: 'held' as const, turn: open },
        hands: live.hands.filter((s) => s !== seat),
      };
      const step = live.run?.moment?.id === moment ? live.run?.moment?.step : undefined;
      return step === undefined
        ? held
        : changeRun(held, (run) => ({ written: { ...run.written, [step]: open.id } }));
    });
    return { ...next, behind: null, turns: [...session.turns, entry] };
  },
});
