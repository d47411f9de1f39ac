import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { room } from '../room.ts';
import { decodeEntry, type EntryKind, UnreadableEntry } from './codec.ts';
import type { Entry } from './entry.ts';

/**
 * What is stored of an entry: its form, its link in the chain, the salt of its commitment, and what that commits to,
 * which is the bridges (where the kind stands for others) and the entry itself. What is removed takes its salt along,
 * so that nothing is left by which removed words could be guessed.
 */

/** One entry as a store holds it. */
export interface StoredEntry {
  readonly seq: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly kind: EntryKind;
  /** An envelope: see `writeEnvelope`. */
  readonly body: Uint8Array;
}

/** Stands for entries that were removed: the link of the last of them. */
export interface Bridge {
  readonly from: number;
  readonly to: number;
  readonly link: Uint8Array;
}

export interface Envelope {
  readonly link: Uint8Array;
  readonly salt: Uint8Array;
  /** The bytes that the link commits to: bridges and entry. */
  readonly committed: Uint8Array;
  /** One for each run of entries that this one replaced, in order; none where the kind replaces nothing. */
  readonly bridges: readonly Bridge[];
  /** The entry in its own form (`encodeEntry`). */
  readonly entry: Uint8Array;
}

/** Bytes. */
export const LINK_LENGTH = 32;
export const SALT_LENGTH = 16;
const FORM = 1;
const HEADER = 1 + LINK_LENGTH + SALT_LENGTH;

/** Whether entries of this kind take others out of the store, and so have to bridge the holes. */
export const replacesOthers = (kind: EntryKind): boolean => kind === 'snapshot' || kind === 'remains';

/** `form` (1 byte), `link` (32), `salt` (16), then what is committed to. */
export function writeEnvelope(link: Uint8Array, salt: Uint8Array, committed: Uint8Array): Uint8Array {
  const body = room(HEADER + committed.length);
  body[0] = FORM;
  body.set(link, 1);
  body.set(salt, 1 + LINK_LENGTH);
  body.set(committed, HEADER);
  return body;
}

/** Throws `UnreadableEntry` on what `writeEnvelope` did not make. The parts share the body's memory. */
export function readEnvelope(kind: EntryKind, body: Uint8Array): Envelope {
  if (body.length < HEADER || body[0] !== FORM) throw new UnreadableEntry('no envelope of a known form');
  const link = body.subarray(1, 1 + LINK_LENGTH);
  const salt = body.subarray(1 + LINK_LENGTH, HEADER);
  const committed = body.subarray(HEADER);
  if (!replacesOthers(kind)) return { link, salt, committed, bridges: [], entry: committed };
  return { link, salt, committed, ...readBridges(committed) };
}

/** The entry in a stored body. Throws `UnreadableEntry`. */
export const readStored = ({ kind, seq, at, body }: StoredEntry): Entry =>
  decodeEntry(kind, seq, at, readEnvelope(kind, body).entry);

/** What the link commits to: for a kind that replaces others, its bridges stand in front of the entry. */
export function committedBytes(kind: EntryKind, bridges: readonly Bridge[], entry: Uint8Array): Uint8Array {
  if (!replacesOthers(kind)) return entry;
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, bridges.length);
    for (const { from, to, link } of bridges) {
      encoding.writeVarUint(encoder, from);
      encoding.writeVarUint(encoder, to);
      encoding.writeUint8Array(encoder, link);
    }
    encoding.writeUint8Array(encoder, entry);
  });
}

function readBridges(committed: Uint8Array): { bridges: readonly Bridge[]; entry: Uint8Array } {
  try {
    const decoder = decoding.createDecoder(committed);
    const bridges: Bridge[] = [];
    let after = 0;
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const from = decoding.readVarUint(decoder);
      const to = decoding.readVarUint(decoder);
      // lib0 reads on into whatever memory lies behind the body.
      const isWhole = decoder.pos + LINK_LENGTH <= committed.length;
      if (!isWhole || from <= after || to < from) throw new Error('bridges that no journal wrote');
      bridges.push({ from, to, link: decoding.readUint8Array(decoder, LINK_LENGTH) });
      after = to;
    }
    return { bridges, entry: committed.subarray(decoder.pos) };
  } catch (cause) {
    throw new UnreadableEntry('the bridges cannot be read', { cause });
  }
}
