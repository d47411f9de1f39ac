import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SEATS, type Seat, type Session, type SessionId, sessionId } from '@mend/core';

/**
 * Invitations and seat keys. Both carry the session's id, so no table of them is needed, and 160 random bits of
 * their own; the log keeps their hashes alone.
 */

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SESSION_LENGTH = 26;
const SECRET_LENGTH = 32;
const CREDENTIAL = new RegExp(`^[ik]([a-z2-7]{${SESSION_LENGTH}})([a-z2-7]{${SECRET_LENGTH}})$`);

export const INVITE_HOURS = 72;
export const INVITE_MS = INVITE_HOURS * 60 * 60 * 1000;

export const mintSessionId = (): SessionId => sessionId(random(SESSION_LENGTH));
export const mintInvite = (session: SessionId): string => `i${session}${random(SECRET_LENGTH)}`;
export const mintToken = (session: SessionId): string => `k${session}${random(SECRET_LENGTH)}`;

/**
 * The key that this invitation gives to whoever made this attempt. It is made from both, so that a join whose answer
 * was lost on the way can be answered again, and by nobody else: an attempt is as secret as a key.
 */
export function tokenFor(session: SessionId, invite: string, attempt: string): string {
  const digest = createHash('sha256').update(`mend key ${invite} ${attempt}`).digest();
  return `k${session}${spelled(digest)}`;
}

/** The session that an invitation or a key speaks of; null where it has not the shape of one. */
export function sessionOf(credential: string): SessionId | null {
  const session = CREDENTIAL.exec(credential)?.[1];
  return session === undefined ? null : sessionId(session);
}

export const isSessionId = (raw: string): boolean => /^[a-z2-7]{26}$/.test(raw);

/** What the log keeps of a credential. It has 160 random bits, so a plain hash cannot be turned back. */
export const hashOf = (credential: string): string =>
  createHash('sha256').update(`mend ${credential}`).digest('base64url');

/** The seat whose invitation this is, if it is still good. */
export function invitedSeat(session: Session, invite: string, at: number): Seat | null {
  const hash = hashOf(invite);
  const seat = SEATS.find((one) => sameHash(session.invites[one]?.hash, hash));
  const until = seat && session.invites[seat]?.until;
  const isOver = session.phase.is === 'sealed' || session.phase.is === 'erased';
  return seat && until !== undefined && at < until && !isOver ? seat : null;
}

/** The seat whose key this is. */
export function seatOfToken(session: Session, token: string): Seat | null {
  const hash = hashOf(token);
  return SEATS.find((seat) => sameHash(session.seats[seat]?.tokenHash, hash)) ?? null;
}

/** 5 bits a character, evenly. */
const random = (length: number): string => spelled(randomBytes(length));
const spelled = (bytes: Uint8Array): string => Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');

function sameHash(known: string | undefined, hash: string): boolean {
  if (known === undefined || known.length !== hash.length) return false;
  return timingSafeEqual(Buffer.from(known), Buffer.from(hash));
}
