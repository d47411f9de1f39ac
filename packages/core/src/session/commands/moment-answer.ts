import * as z from 'zod/mini';
import { findForbidden, lengthInGraphemes } from '../../document/words.ts';
import { stepById } from '../../exercise/course.ts';
import { err } from '../../result.ts';
import { answerable, exerciseOf, runOf, settle } from '../flow.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { decided, defineCommand, EVERYBODY } from './command.ts';

/** Answers a moment that asks. Where it asks both, nothing is shown until both have answered. */
export const momentAnswer = defineCommand({
  type: 'moment.answer',
  fields: z.strictObject({
    choice: z.string().check(z.maxLength(64)),
    words: z.optional(z.string().check(z.maxLength(4_000))),
    moment: z.optional(z.string().check(z.maxLength(128))),
  }),
  seats: EVERYBODY,
  may: ({ session, seat }) => answerable(session, seat),
  whenNot({ session }, { moment }) {
    const now = session.phase.is === 'live' ? session.phase.run?.moment?.id : undefined;
    return moment !== undefined && moment !== now ? refusal('moment-over') : null;
  },
  decide({ session, seat, at, shelf }, { choice: id, words = '' }) {
    const run = runOf(session);
    const step = stepById(exerciseOf(shelf, run), run.moment?.step ?? '');
    const choice = step.form === 'asked' ? step.choices.find((one) => one.id === id) : undefined;
    if (!run.moment || step.form !== 'asked' || !choice) {
      return err(refusal('bad-input', 'That answer is not offered here.'));
    }
    if (words !== '' && choice.words === undefined)
      return err(refusal('bad-input', 'This answer takes no words.'));
    if (findForbidden(words) >= 0 || lengthInGraphemes(words) > (choice.words ?? 0)) {
      return err(refusal('bad-input', 'These words are too long, or hold characters that cannot be kept.'));
    }
    const proposal = propose(session, at);
    const given = { moment: run.moment.id, seat, choice: id, words: words.trim() === '' ? null : words };
    proposal.add({ type: 'answer-given', ...given });
    if (run.moment.given.length + 1 === run.moment.asks.length) settle(proposal, shelf, step);
    return decided(proposal.facts);
  },
});
