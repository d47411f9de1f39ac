import * as z from 'zod/mini';
import { stepById } from '../../exercise/course.ts';
import { err } from '../../result.ts';
import { partnerSchema } from '../events/fact.ts';
import { openStep } from '../flow.ts';
import { propose } from '../proposal.ts';
import { refusal } from '../refusal.ts';
import { decided, defineCommand, EVERYBODY } from './command.ts';

/** Begins an exercise with the moment in which both confirm it. */
export const exerciseStart = defineCommand({
  type: 'exercise.start',
  fields: z.strictObject({ exercise: z.string().check(z.maxLength(64)), first: partnerSchema }),
  seats: EVERYBODY,
  may: ({ session: { phase } }) =>
    phase.is === 'live' && !phase.run && !phase.pause && !phase.over && phase.floor.is === 'open',
  decide({ session, at, shelf }, { exercise: id, first }) {
    const exercise = shelf.get(id);
    if (!exercise) return err(refusal('bad-input', 'There is no exercise with that name here.'));
    const proposal = propose(session, at);
    proposal.add({ type: 'exercise-started', run: session.runCount + 1, exercise: id, first });
    openStep(proposal, stepById(exercise, 'opening'));
    return decided(proposal.facts);
  },
});
