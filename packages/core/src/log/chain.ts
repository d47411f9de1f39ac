import type { SessionId } from '../ids.ts';
import type { EntryKind } from './codec.ts';
import {
  type Bridge,
  committedBytes,
  LINK_LENGTH,
  readEnvelope,
  type StoredEntry,
  writeEnvelope,
} from './envelope.ts';

/**
 * The chain of a session's log:
 *
 *     commitment = SHA-256(domain, salt, kind, what is stored)
 *     link       = SHA-256(domain, session, seq, at, kind, link before, link of the last event before, commitment)
 *
 * It runs over salted commitments, never over words, so it can still be proven when words are gone with their salt.
 * What a snapshot removes is bridged by its last link. A bridge alone would cut the chain: nothing would follow from
 * the last event in front of the hole any more, and it could be exchanged. So every link is tied to the last event as
 * well, which stays as long as the session is kept.
 */

/** SHA-256 of these bytes, 32 bytes. It comes in as an argument: the platform's is faster than any of ours. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Where the chain of a session has come to. */
export interface Chain {
  /** What every link of this session begins with. */
  readonly domain: Uint8Array;
  /** Seq of the last entry. */
  readonly head: number;
  /** Its link. */
  readonly link: Uint8Array;
  /** The link of the last event. */
  readonly event: Uint8Array;
  /** What a snapshot would remove: the runs of entries that are no events, the one at the end apart. */
  readonly holes: readonly Bridge[];
  readonly run: Bridge | null;
}

/** What is in front of the first entry. */
export const NO_LINK: Uint8Array = new Uint8Array(LINK_LENGTH);

export const emptyChain = (session: SessionId): Chain => ({
  domain: ascii(`mend link 1\0${session}\0`),
  head: 0,
  link: NO_LINK,
  event: NO_LINK,
  holes: [],
  run: null,
});

/** An entry that has its place in the chain, but not in the store yet. */
export type Unlinked = Omit<StoredEntry, 'seq' | 'body'> & {
  /** As `encodeEntry` made it. */
  readonly entry: Uint8Array;
};

/** Puts the next entry on the chain. `salt`: 16 random bytes, used for nothing else. */
export function addLink(
  chain: Chain,
  { at, kind, entry }: Unlinked,
  salt: Uint8Array,
  sha256: Sha256,
): { readonly chain: Chain; readonly body: Uint8Array } {
  const bridges = bridgesFor(chain, kind);
  const committed = committedBytes(kind, bridges, entry);
  const seq = chain.head + 1;
  const link = linkAfter(chain, { seq, at, kind }, salt, committed, sha256);
  return { chain: grown(chain, seq, kind, link, bridges), body: writeEnvelope(link, salt, committed) };
}

/** The chain after an entry that was stored, taken as it stands: `verify` is what proves it. Throws `UnreadableEntry`. */
export function follow(chain: Chain, { seq, kind, body }: StoredEntry): Chain {
  const { link, bridges } = readEnvelope(kind, body);
  return grown(chain, seq, kind, link.slice(), bridges);
}

/** The link that an entry has at this place. */
export function linkAfter(
  { domain, link, event }: Pick<Chain, 'domain' | 'link' | 'event'>,
  { seq, at, kind }: Pick<StoredEntry, 'seq' | 'at' | 'kind'>,
  salt: Uint8Array,
  committed: Uint8Array,
  sha256: Sha256,
): Uint8Array {
  const commitment = sha256(filled(COMMITMENT, salt, KIND[kind], committed));
  // Of what is left of a session nothing that could be tied to is left.
  const tie = kind === 'remains' ? NO_LINK : event;
  return sha256(filled(domain, eightBytes(seq), eightBytes(at), KIND[kind], link, tie, commitment));
}

/** What an entry of this kind has to bridge if it comes next. */
export function bridgesFor({ holes, run, head, link }: Chain, kind: EntryKind): readonly Bridge[] {
  if (kind === 'remains') return head === 0 ? [] : [{ from: 1, to: head, link }];
  if (kind !== 'snapshot') return [];
  return run ? [...holes, run] : holes;
}

/** The chain with one more entry, whose link this is. */
export function grown(
  { domain, event, holes, run }: Chain,
  seq: number,
  kind: EntryKind,
  link: Uint8Array,
  bridges: readonly Bridge[],
): Chain {
  const place = { domain, head: seq, link };
  switch (kind) {
    case 'event':
      return { ...place, event: link, holes: run ? [...holes, run] : holes, run: null };
    case 'update':
      return { ...place, event, holes, run: { from: run?.from ?? seq, to: seq, link } };
    case 'snapshot': {
      // It says itself what it left: after a restart it is the only one that knows.
      const last = bridges.at(-1);
      const joins = last !== undefined && last.to === seq - 1;
      const from = joins ? last.from : seq;
      return { ...place, event, holes: joins ? bridges.slice(0, -1) : bridges, run: { from, to: seq, link } };
    }
    case 'remains':
      return { ...place, event: link, holes: bridges, run: null };
  }
}

/** The chain behind a hole that a later entry bridges. */
export const bridged = (chain: Chain, { to, link }: Bridge): Chain => ({
  ...chain,
  head: to,
  link,
  run: { from: chain.run?.from ?? chain.head + 1, to, link },
});

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0x7f);
const COMMITMENT = ascii('mend commitment 1\0');
const KIND: Readonly<Record<EntryKind, Uint8Array>> = {
  event: Uint8Array.of(0),
  update: Uint8Array.of(1),
  snapshot: Uint8Array.of(2),
  remains: Uint8Array.of(3),
};

/** A whole number, big endian, negative ones in two's complement. */
function eightBytes(value: number): Uint8Array {
  const high = Math.floor(value / 2 ** 32);
  const bytes = new Uint8Array(8);
  for (let i = 0; i < 4; i++) {
    bytes[i] = high >>> (24 - 8 * i);
    bytes[4 + i] = (value >>> 0) >>> (24 - 8 * i);
  }
  return bytes;
}

/** Most of what is hashed is short, and memory of its own for each would cost more than the hash. */
const scratch = new Uint8Array(1_024);

/**
 * The parts one after the other, good until the next call. All but the last have one length each, or end themselves,
 * so no two lists of parts come to the same bytes.
 */
function filled(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = length > scratch.length ? new Uint8Array(length) : scratch;
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, length);
}
