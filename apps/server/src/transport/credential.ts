import type { IncomingMessage } from 'node:http';
import { seatCookie } from '@mend/protocol';

/** The key of a seat as a browser keeps it: one cookie for each session. */
export function cookieToken(request: IncomingMessage, sessionId: string): string | null {
  const wanted = seatCookie(sessionId);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === wanted) return pair.slice(at + 1).trim();
  }
  return null;
}

export function bearerToken(request: IncomingMessage): string | null {
  return /^Bearer ([\w.~+/-]{1,256}=*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** How long a phone keeps its seat. */
const COOKIE_DAYS = 30;

export function setCookie(sessionId: string, token: string, secure: boolean): string {
  return `${seatCookie(sessionId)}=${token}; ${attributes(secure)}; Max-Age=${COOKIE_DAYS * 24 * 60 * 60}`;
}

export const dropCookie = (sessionId: string, secure: boolean): string =>
  `${seatCookie(sessionId)}=; ${attributes(secure)}; Max-Age=0`;

const attributes = (secure: boolean): string =>
  `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
