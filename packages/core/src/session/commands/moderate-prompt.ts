import * as z from 'zod/mini';
import { findForbidden, lengthInGraphemes } from '../../document/words.ts';
import { err } from '../../result.ts';
import { partnerSchema } from '../events/fact.ts';
import { refusal } from '../refusal.ts';
import { COUNSELLOR, decided, defineCommand } from './command.ts';

/** A line to both, kept; or to one alone, said and not kept. */
export const moderatePrompt = defineCommand({
  type: 'moderate.prompt',
  fields: z.strictObject({
    text: z.string().check(z.minLength(1), z.maxLength(5_000)),
    to: z.optional(partnerSchema),
  }),
  seats: COUNSELLOR,
  may: ({ session: { phase } }) => phase.is === 'lobby' || phase.is === 'live',
  decide({ seat }, { text, to }) {
    if (findForbidden(text) >= 0 || lengthInGraphemes(text) > 500) return err(refusal('bad-input'));
    if (to === undefined) return decided([{ type: 'line-offered', text }]);
    return decided([], [{ to: [to], body: { type: 'line', from: seat, text } }]);
  },
});
