import { hash, randomFillSync } from 'node:crypto';
import { addLink, type Chain } from '@mend/core';
import type { NewEntry } from '../store/log-store.ts';

/** Puts the entries of one session on its chain, in the order in which they are handed to the store. */
export type ChainWriter = (entries: readonly NewEntry[]) => readonly NewEntry[];

/** By way of a string, which costs half of what a buffer does. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const text = hash('sha256', bytes, 'latin1');
  const digest = new Uint8Array(32);
  for (let i = 0; i < digest.length; i++) digest[i] = text.charCodeAt(i);
  return digest;
}

/**
 * `start` is where the session's chain is in the log; the writer remembers the last link from then on. Bodies come in
 * as `encodeEntry` made them. An append that fails takes the writer with it: the next one starts from the log again.
 */
export function createChainWriter(start: Chain): ChainWriter {
  let chain = start;
  return (entries) =>
    entries.map(({ at, kind, body }) => {
      const linked = addLink(chain, { at, kind, entry: body }, freshSalt(), sha256);
      chain = linked.chain;
      return { at, kind, body: linked.body };
    });
}

const SALT = 16;
/** A call for 16 bytes costs as much as one for 4,096. Each is given out once, and is copied by whoever writes. */
const pool = new Uint8Array(256 * SALT);
let used = pool.length;

function freshSalt(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += SALT;
  return pool.subarray(used - SALT, used);
}
