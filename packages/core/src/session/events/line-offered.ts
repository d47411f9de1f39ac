import * as z from 'zod/mini';
import { ALL, defineFact } from './fact.ts';

/** The counsellor said a line to both. A line to one alone is a notice and is not kept. */
export const lineOffered = defineFact({
  type: 'line-offered',
  schema: z.strictObject({ type: z.literal('line-offered'), text: z.string() }),
  seenBy: ALL,
  evolve: (session, { text }, at) => ({ ...session, lines: [...session.lines, { text, at }] }),
});
