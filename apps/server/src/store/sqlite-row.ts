import { crc32 } from 'node:zlib';
import type { SessionId } from '@mend/core';
import type { EntryKind } from './log-store.ts';
import { DamagedRow } from './sqlite-error.ts';

/** Rows as SQLite gives them, read strictly: what this store cannot have written is damage, not a value. */
export type Row = Readonly<Record<string, unknown>>;

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new DamagedRow(`no whole number in column ${column}`);
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new DamagedRow(`no text in column ${column}`);
}

/** The file holds only ids that were given to `create`. */
export const sessionIdOf = (row: Row, column: string): SessionId => text(row, column) as SessionId;

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw new DamagedRow(`no bytes in column ${column}`);
}

/** Kinds by their number in the file. The order is stored: append to it, never change it. */
const KINDS: readonly EntryKind[] = ['event', 'update', 'snapshot', 'remains'];
export const kindNumber = (kind: EntryKind): number => KINDS.indexOf(kind);
export const kindOfNumber = (number: number): EntryKind | undefined => KINDS[number];
export function kindOf(row: Row, column: string): EntryKind {
  const kind = kindOfNumber(integer(row, column));
  if (kind === undefined) throw new DamagedRow('an entry of no known kind');
  return kind;
}

/**
 * A body as it is stored: one byte 1, the CRC-32 over its place and its bytes (4 bytes, big endian), the bytes.
 * SQLite has no checksum of its own outside the WAL, so without this a flipped bit would be read as a word. A body
 * whose words are gone is all zeros, its first byte too. The sum lies beside the bytes, so that it goes with them:
 * a sum over a short word tells the word.
 */
const HEADER = 5;
const LIVE = 1;

/** `session` is the row number of the session in the file. */
export function wrapBody(session: number, seq: number, body: Uint8Array): Uint8Array {
  const stored = new Uint8Array(HEADER + body.length);
  stored[0] = LIVE;
  new DataView(stored.buffer).setUint32(1, sumOf(session, seq, body));
  stored.set(body, HEADER);
  return stored;
}

export function unwrapBody(session: number, seq: number, stored: Uint8Array): Uint8Array {
  if (stored.length < HEADER || stored[0] !== LIVE) throw new DamagedRow('a body that was emptied');
  const body = stored.slice(HEADER);
  const sum = new DataView(stored.buffer, stored.byteOffset).getUint32(1);
  if (sum !== sumOf(session, seq, body)) throw new DamagedRow('a body that does not match its checksum');
  return body;
}

const sumOf = (session: number, seq: number, body: Uint8Array): number =>
  crc32(body, crc32(`${session}/${seq}`));
