/**
 * The strict reader of a version 1 Yjs update (rules D2 to D9, and the shape of D17).
 *
 * Yjs's own readers build what they read before anybody can refuse it (a Doc from options, a root from a name),
 * and differ from each other on malformed bytes. This one builds plain records and accepts one spelling only, so
 * what it accepted is what `Y.applyUpdate` will read.
 */

import { err, ok, type Result } from '../result.ts';
import type { Fault, RefusalCode } from './codes.ts';
import type { Limits } from './limits.ts';
import { ByteReader } from './varint.ts';

/** One character's name: the client that wrote it and its clock, counted in UTF-16 code units. */
export interface Id {
  readonly client: number;
  readonly clock: number;
}

/** A run of characters as it came over the wire. */
export interface WireStruct {
  /** Byte offset in the update. */
  readonly at: number;
  readonly clock: number;
  /** UTF-16 code units, at least 1. */
  readonly length: number;
  /** The character to the left when the run was written; null at the text's start. */
  readonly origin: Id | null;
  /** The character to the right when the run was written; null at the text's end. */
  readonly rightOrigin: Id | null;
  /** The root's name; present exactly where both neighbours are null. */
  readonly root: string | null;
  /** The words, well-formed; null where they were deleted before they were sent. */
  readonly words: string | null;
}

/** One client's part of the delete set. */
export interface WireDeletions {
  readonly at: number;
  readonly client: number;
  /** First clock and length by turns: ascending, disjoint, none empty. */
  readonly ranges: readonly number[];
}

/** One client's runs: at least one, clocks without a hole between them. */
export interface WireSection {
  readonly at: number;
  readonly client: number;
  readonly structs: readonly WireStruct[];
}

/** Each client stands once in either list. */
export interface WireUpdate {
  readonly sections: readonly WireSection[];
  readonly deletions: readonly WireDeletions[];
}

const KIND = 0b0001_1111;
const KIND_GC = 0;
const KIND_DELETED = 1;
const KIND_STRING = 4;
const KIND_SKIP = 10;
const HAS_PARENT_SUB = 0b0010_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_ORIGIN = 0b1000_0000;
const PARENT_IS_ROOT = 1;

/** Bytes that each takes at least: count, client and clock; info and length; client and count; clock and length. */
const SMALLEST_SECTION = 3;
const SMALLEST_STRUCT = 2;
const SMALLEST_DELETIONS = 2;
const SMALLEST_RANGE = 2;

export function decode(bytes: Uint8Array, limits: Limits): Result<WireUpdate, Fault<RefusalCode>> {
  const reader = new ByteReader(bytes);
  const sections = readSections(reader, limits);
  const deletions = readDeleteSet(reader, limits);
  // Version 2 updates begin like an empty version 1 update: this is what tells them.
  if (reader.left > 0) reader.fail('trailing-bytes', reader.at);
  return reader.fault === null ? ok({ sections, deletions }) : err(reader.fault);
}

function readSections(reader: ByteReader, limits: Limits): WireSection[] {
  const sections: WireSection[] = [];
  const seen = new Set<number>();
  const count = reader.count(SMALLEST_SECTION);
  let total = 0;
  for (let i = 0; i < count && reader.fault === null; i++) {
    const at = reader.at;
    const length = reader.count(SMALLEST_STRUCT);
    total += length;
    if (length === 0) reader.fail('empty-section', at);
    if (total > limits.structs) reader.fail('too-many-structs', at);
    const client = reader.uint();
    // Of a client that is repeated, one of Yjs's readers sees both sections and the other the last.
    if (seen.has(client)) reader.fail('foreign-client', at);
    seen.add(client);
    sections.push({ at, client, structs: readStructs(reader, length, limits) });
  }
  return sections;
}

function readStructs(reader: ByteReader, count: number, limits: Limits): WireStruct[] {
  const structs: WireStruct[] = [];
  let clock = reader.uint();
  for (let i = 0; i < count && reader.fault === null; i++) {
    const struct = readStruct(reader, clock);
    clock += struct.length;
    if (struct.length === 0) reader.fail('empty-struct', struct.at);
    if (clock > limits.highestClock) reader.fail('clock-range', struct.at);
    structs.push(struct);
  }
  return structs;
}

function readStruct(reader: ByteReader, clock: number): WireStruct {
  const at = reader.at;
  const info = reader.byte();
  const kind = info & KIND;
  if (kind === KIND_GC || kind === KIND_SKIP) reader.fail('struct-kind', at);
  if (kind !== KIND_STRING && kind !== KIND_DELETED) reader.fail('content-kind', at);
  if ((info & HAS_PARENT_SUB) !== 0) reader.fail('parent-sub', at);
  const origin = (info & HAS_ORIGIN) === 0 ? null : readId(reader);
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) === 0 ? null : readId(reader);
  const root = origin === null && rightOrigin === null ? readRoot(reader) : null;
  const words = kind === KIND_STRING ? reader.text() : null;
  const length = words === null ? reader.uint() : words.length;
  return { at, clock, length, origin, rightOrigin, root, words };
}

function readId(reader: ByteReader): Id {
  const client = reader.uint();
  return { client, clock: reader.uint() };
}

function readRoot(reader: ByteReader): string {
  const at = reader.at;
  if (reader.uint() !== PARENT_IS_ROOT) reader.fail('nested-parent', at);
  return reader.text();
}

function readDeleteSet(reader: ByteReader, limits: Limits): WireDeletions[] {
  const deletions: WireDeletions[] = [];
  const seen = new Set<number>();
  const clients = reader.count(SMALLEST_DELETIONS);
  let total = 0;
  for (let i = 0; i < clients && reader.fault === null; i++) {
    const at = reader.at;
    const client = reader.uint();
    // Yjs walks the store once for every mention, so a repeated client multiplies the work.
    if (seen.has(client)) reader.fail('ds-form', at);
    seen.add(client);
    const count = reader.count(SMALLEST_RANGE);
    total += count;
    if (count === 0) reader.fail('ds-form', at);
    if (total > limits.ranges) reader.fail('too-many-ranges', at);
    deletions.push({ at, client, ranges: readRanges(reader, count) });
  }
  return deletions;
}

function readRanges(reader: ByteReader, count: number): number[] {
  const ranges: number[] = [];
  let end = 0;
  for (let i = 0; i < count && reader.fault === null; i++) {
    const at = reader.at;
    const clock = reader.uint();
    const length = reader.uint();
    if (length === 0 || clock < end) reader.fail('ds-form', at);
    end = clock + length;
    ranges.push(clock, length);
  }
  return ranges;
}
