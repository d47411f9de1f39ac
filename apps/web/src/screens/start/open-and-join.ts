import { ok } from '@mend/core';
import type { Answer } from '../../http/call.ts';
import { inviteFor } from '../../http/kept-invites.ts';
import { joinRoom, openRoom } from '../../http/rooms.ts';

/** Opens a room, takes its first seat, and keeps the other person's invitation in this tab. Returns the session's id. */
export async function openAndJoin(name: string): Promise<Answer<string>> {
  const opened = await openRoom();
  if (!opened.ok) return opened;
  const { sessionId, invites } = opened.value;
  const joined = await joinRoom(invites.partnerA, name);
  if (!joined.ok) return joined;
  inviteFor(sessionId).keep(invites.partnerB);
  return ok(sessionId);
}
