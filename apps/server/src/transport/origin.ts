import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may have come from our own page. Programs send no Origin; a browser always names the page that
 * asks, and only ours may. Where no public origin is set, our own is whatever name the browser reached us by.
 */
export function isOwnOrigin(request: IncomingMessage, publicOrigin: string | null): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicOrigin !== null) return origin === publicOrigin;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
