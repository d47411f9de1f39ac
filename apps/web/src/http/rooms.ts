import type { Seat } from '@mend/core';
import { inviteCodeAnswer, joinAnswer, sessionCreateAnswer } from '@mend/protocol';
import * as z from 'zod/mini';
import { uuid } from '../session/uuid.ts';
import { type Answer, call } from './call.ts';
import { attemptWith } from './kept-invites.ts';

/** Opening a room, and the ways into it. */

export const openRoom = () => call('POST', '/api/sessions', sessionCreateAnswer, {});

/**
 * Takes the seat. Where the answer is lost on the way, the same call made again gets it: the attempt is the same one for
 * as long as the tab remembers. The browser gets the seat's cookie with the answer, so the token in it
 * is not kept.
 */
export async function joinRoom(invite: string, name: string): Promise<Answer<z.infer<typeof joinAnswer>>> {
  const answer = await call('POST', '/api/join', joinAnswer, { invite, name, attempt: attemptFor(invite) });
  // It could be turned into the key again, so it goes as soon as it is not needed.
  if (answer.ok) attemptWith(invite).forget();
  return answer;
}

/** A new invitation for a seat that is still empty; the one before it stops working. */
export const renewInvite = (session: string, seat: Seat) =>
  call('POST', `/api/sessions/${encodeURIComponent(session)}/invites`, inviteCodeAnswer, { seat });

/** `until` in milliseconds since the epoch, by the server's clock. */
const codeAnswer = z.object({ code: z.string(), until: z.number() });
export type ShortCode = Readonly<z.infer<typeof codeAnswer>>;

/** A short code that stands for an invitation for 15 minutes. */
export const issueCode = (invite: string): Promise<Answer<ShortCode>> =>
  call('POST', '/api/codes', codeAnswer, { invite });

/** The invitation behind a code, once. */
export const redeemCode = (code: string) => call('POST', '/api/codes/redeem', inviteCodeAnswer, { code });

function attemptFor(invite: string): string {
  const kept = attemptWith(invite);
  const before = kept.read();
  if (before !== null) return before;
  const attempt = uuid();
  kept.keep(attempt);
  return attempt;
}
