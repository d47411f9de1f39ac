import type { Seat } from '../ids.ts';
import { ByteReader } from './varint.ts';

/** How much of a base64 state vector is read at most; a session has few clients. */
const MOST_CLIENTS = 4_096;
/** Bytes of a clientID and a clock, one each at least. */
const SMALLEST_ENTRY = 2;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Clock by clientID, from the base64 of `Y.encodeStateVector`; null where it is not one, in its only spelling (D2). */
export function readStateVector(base64: string): ReadonlyMap<number, number> | null {
  const bytes = fromBase64(base64);
  if (!bytes) return null;
  const reader = new ByteReader(bytes);
  const count = reader.count(SMALLEST_ENTRY);
  if (count > MOST_CLIENTS) return null;
  const vector = new Map<number, number>();
  for (let i = 0; i < count; i++) vector.set(reader.uint(), reader.uint());
  const isWhole = reader.fault === null && reader.left === 0 && vector.size === count;
  return isWhole ? vector : null;
}

/** Whether the vector knows words of this seat that the log does not have yet. Other seats' clients say nothing. */
export function missingWords(
  owners: ReadonlyMap<number, { readonly seat: Seat; readonly clock: number }>,
  seat: Seat,
  vector: ReadonlyMap<number, number>,
): boolean {
  for (const [clientId, clock] of vector) {
    const owner = owners.get(clientId);
    if ((owner === undefined || owner.seat === seat) && clock > (owner?.clock ?? 0)) return true;
  }
  return false;
}

/** Padded or not, but nothing else twice: bits beyond the last byte are zero. The core has no `atob` everywhere. */
function fromBase64(text: string): Uint8Array | null {
  const body = text.replace(/={1,2}$/, '');
  const isPadded = body.length !== text.length;
  if (body.length % 4 === 1 || (isPadded && text.length % 4 !== 0)) return null;
  const out = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const char of body) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[at++] = (held >> bits) & 0xff;
  }
  return (held & ((1 << bits) - 1)) === 0 ? out : null;
}
