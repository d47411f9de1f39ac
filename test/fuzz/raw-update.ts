import { decode, LIMITS, type WireUpdate } from '@mend/core';
import * as encoding from 'lib0/encoding';

/** Version 1 updates written byte by byte: what no editor would send has to be made by hand. */

export interface Id {
  readonly client: number;
  readonly clock: number;
}

export interface RawStruct {
  /** The info byte's low five bits: what kind of content follows. */
  readonly kind: number;
  readonly origin: Id | null;
  readonly rightOrigin: Id | null;
  /** The parent where no neighbour is named: a root's name, or a character. */
  readonly parent: string | Id;
  readonly parentSub: string | null;
  /** What follows as it is; a number is written as a length, words as a string. */
  readonly content: string | number | Uint8Array;
}

export interface RawSection {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly RawStruct[];
}

export interface RawDeletions {
  readonly client: number;
  /** First clock and length by turns. */
  readonly ranges: readonly number[];
}

export interface RawUpdate {
  readonly sections: readonly RawSection[];
  readonly deletions: readonly RawDeletions[];
}

export const KIND = { gc: 0, deleted: 1, string: 4, skip: 10 } as const;

export function writeUpdate({ sections, deletions }: RawUpdate): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.length);
    for (const { client, clock, structs } of sections) {
      encoding.writeVarUint(encoder, structs.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      for (const struct of structs) writeStruct(encoder, struct);
    }
    encoding.writeVarUint(encoder, deletions.length);
    for (const { client, ranges } of deletions) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, ranges.length / 2);
      for (const one of ranges) encoding.writeVarUint(encoder, one);
    }
  });
}

function writeStruct(encoder: encoding.Encoder, struct: RawStruct): void {
  const { kind, origin, rightOrigin, parent, parentSub, content } = struct;
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (parentSub === null ? 0 : 0x20);
  encoding.writeUint8(encoder, kind | flags);
  if (kind !== KIND.gc && kind !== KIND.skip) {
    if (origin) writeId(encoder, origin);
    if (rightOrigin) writeId(encoder, rightOrigin);
    if (!origin && !rightOrigin) {
      encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0);
      if (typeof parent === 'string') encoding.writeVarString(encoder, parent);
      else writeId(encoder, parent);
      if (parentSub !== null) encoding.writeVarString(encoder, parentSub);
    }
  }
  if (typeof content === 'string') encoding.writeVarString(encoder, content);
  else if (typeof content === 'number') encoding.writeVarUint(encoder, content);
  else encoding.writeUint8Array(encoder, content);
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

/** An update taken apart so that it can be put together otherwise; null where it cannot be read. */
export function takeApart(update: Uint8Array): RawUpdate | null {
  const read = decode(update, LIMITS);
  return read.ok ? { sections: read.value.sections.map(rawSection), deletions: read.value.deletions } : null;
}

function rawSection({ client, structs }: WireUpdate['sections'][number]): RawSection {
  return {
    client,
    clock: structs[0]?.clock ?? 0,
    structs: structs.map(({ words, length, root, origin, rightOrigin }) => ({
      kind: words === null ? KIND.deleted : KIND.string,
      origin,
      rightOrigin,
      parent: root ?? '',
      parentSub: null,
      content: words ?? length,
    })),
  };
}
