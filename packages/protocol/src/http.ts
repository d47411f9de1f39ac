import { PARTNERS, SEATS } from '@mend/core';
import * as z from 'zod/mini';

/** Bodies and answers of the HTTP calls. Unknown keys are refused. */

export const sessionCreateRequest = z.strictObject({ withCounsellor: z.optional(z.boolean()) });

export const sessionCreateAnswer = z.object({
  sessionId: z.string(),
  invites: z.object({ partnerA: z.string(), partnerB: z.string(), counsellor: z.optional(z.string()) }),
});

/**
 * `name` is 1 to 40 graphemes; the server counts them. `attempt` is a secret of the sender's own: the same join sent
 * again with it, because its answer was lost, gets the same answer.
 */
export const joinRequest = z.strictObject({
  invite: z.string().check(z.maxLength(256)),
  name: z.string().check(z.maxLength(1_000)),
  attempt: z.optional(z.uuid()),
});

export const joinAnswer = z.object({ sessionId: z.string(), seat: z.enum(SEATS), token: z.string() });

/** A new invitation for a seat that nobody has taken yet; the one before it stops working. */
export const renewInviteRequest = z.strictObject({ seat: z.enum([...PARTNERS, 'counsellor']) });

/** A short code, typed in from another screen. */
export const inviteCodeRequest = z.strictObject({ code: z.string().check(z.maxLength(64)) });
export const inviteCodeAnswer = z.object({ invite: z.string() });

export interface ExerciseSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly moments: readonly { readonly id: string; readonly kind: string; readonly title: string }[];
}

export interface ExercisesAnswer {
  readonly exercises: readonly ExerciseSummary[];
}

/** RFC 9457, with a stable `code`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
});
export type Problem = z.infer<typeof problem>;
