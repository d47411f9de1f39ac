import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { room, type SessionId } from '@mend/core';
import type { EntryKind, StoredEntry } from '../store/log-store.ts';
import type { DataKey } from './key-ring.ts';

/** Where an entry stands in its log. A body can be opened there alone. */
export interface Place {
  readonly session: SessionId;
  readonly seq: number;
  readonly kind: EntryKind;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** A sealed body: form (1 byte), number of its data key (4, big endian), nonce (12), ciphertext, tag (16). */
const FORM = 1;
const NONCE_AT = 5;
const NONCE_BYTES = 12;
const WORDS_AT = NONCE_AT + NONCE_BYTES;
const TAG_BYTES = 16;
export const SEALED_EXTRA = WORDS_AT + TAG_BYTES;

export function seal({ number, key }: DataKey, place: Place, body: Uint8Array): Uint8Array {
  const sealed = room(body.length + SEALED_EXTRA);
  const nonce = sealed.subarray(NONCE_AT, WORDS_AT);
  sealed[0] = FORM;
  new DataView(sealed.buffer, sealed.byteOffset).setUint32(1, number);
  takeRandom(nonce);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bindingOf(number, place));
  sealed.set(cipher.update(body), WORDS_AT);
  cipher.final();
  sealed.set(cipher.getAuthTag(), WORDS_AT + body.length);
  return sealed;
}

/** `no-key`: none of these keys is the one it names. `damaged`: not what was sealed for this place. */
function unseal(
  keys: readonly DataKey[],
  place: Place,
  sealed: Uint8Array,
): Uint8Array | 'no-key' | 'damaged' {
  const number = keyNumberOf(sealed);
  if (number === null) return 'damaged';
  const used = keys.find((each) => each.number === number);
  if (used === undefined) return 'no-key';
  const decipher = createDecipheriv('aes-256-gcm', used.key, sealed.subarray(NONCE_AT, WORDS_AT), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bindingOf(number, place)).setAuthTag(sealed.subarray(-TAG_BYTES));
  const body = new Uint8Array(decipher.update(sealed.subarray(WORDS_AT, -TAG_BYTES)));
  try {
    decipher.final();
    return body;
  } catch {
    return 'damaged';
  }
}

/** Entries of one session, each with the body that was sealed for its place; or why the first of them has none. */
export function unsealAll(
  keys: readonly DataKey[],
  session: SessionId,
  stored: readonly StoredEntry[],
): readonly StoredEntry[] | 'no-key' | 'damaged' {
  const entries: StoredEntry[] = [];
  for (const entry of stored) {
    const body = unseal(keys, { session, seq: entry.seq, kind: entry.kind, at: entry.at }, entry.body);
    if (body === 'no-key' || body === 'damaged') return body;
    entries.push({ ...entry, body });
  }
  return entries;
}

/** Null where this is no sealed body. */
export function keyNumberOf(sealed: Uint8Array): number | null {
  if (sealed.length < SEALED_EXTRA || sealed[0] !== FORM) return null;
  return new DataView(sealed.buffer, sealed.byteOffset).getUint32(1);
}

/** The session comes last: whatever its id holds, no two places read the same. */
const bindingOf = (number: number, { session, seq, kind, at }: Place): Buffer =>
  Buffer.from(`mend body ${FORM}\0${number}\0${seq}\0${kind}\0${at}\0${session}`);

/**
 * Nonces are random and never counted: a counter would come back with a restored backup, or go to two writers who
 * race for one seq, and encrypt two texts alike. Drawn from a pool, since asking the system costs more than a cipher.
 */
const pool = new Uint8Array(NONCE_BYTES * 1024);
let taken = pool.length;

function takeRandom(nonce: Uint8Array): void {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  nonce.set(pool.subarray(taken, taken + NONCE_BYTES));
  taken += NONCE_BYTES;
}
