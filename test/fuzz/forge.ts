import * as Y from 'yjs';
import type { SeededRandom } from '../support/seeded-random.ts';
import {
  type Id,
  KIND,
  type RawDeletions,
  type RawStruct,
  type RawUpdate,
  writeUpdate,
} from './raw-update.ts';

/** What a forger may know of a session: everything that its server has ever sent. */
export interface Scenery {
  /** A copy of the document. */
  readonly doc: Y.Doc;
  readonly turns: readonly string[];
  /** The turn that is open, or was last. */
  readonly turn: string;
  /** The characters of that turn's text in their order, deleted ones included. */
  readonly characters: readonly Id[];
  /** ClientIDs of everybody. */
  readonly clients: readonly number[];
}

export function sceneryOf(doc: Y.Doc, turns: readonly string[], clients: readonly number[]): Scenery {
  const turn = turns.at(-1) ?? 't1';
  const characters: Id[] = [];
  for (let item = doc.getText(`turn:${turn}`)._start; item !== null; item = item.right) {
    for (let i = 0; i < item.length; i++)
      characters.push({ client: item.id.client, clock: item.id.clock + i });
  }
  return { doc, turns, turn, characters, clients };
}

export const WORDS = [
  'a',
  ' and',
  'é',
  '😀',
  '👩‍👩‍👧',
  'שלום',
  '\u202eback',
  'e\u0301\u0301\u0301',
  '\u200b',
  '\ufffd',
  '\n\n\n',
  '\u0007',
  '\uffff',
  'a longer run of words ',
];
/** Half a pair, a surrogate in three bytes, an over-long slash, a byte that never is: each behind its length. */
const NO_WORDS = [[3, 0xed, 0xa0, 0x80], [3, 0xed, 0xb0, 0x80], [2, 0xc0, 0xaf], [1, 0xff], [0]].map(
  (bytes) => Uint8Array.from(bytes),
);
const ODD_CLIENTS = [0, 1, 127, 128, 2 ** 31, 2 ** 32 - 1, 2 ** 33, 2 ** 53 - 1];
const ODD_CLOCKS = [0, 1, 2, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1];
const ODD_ROOTS = ['', 'notes', '__proto__', 'turn:', 'turn:t99', 'turn:t1\u0000', 'x'.repeat(300)];

/** An update made up from real and wrong names, more often right than wrong in each of its parts. */
export function forgedUpdate(scenery: Scenery, own: number, random: SeededRandom): Uint8Array {
  const forge = forger(scenery, random);
  const sections = Array.from({ length: random.pick([0, 1, 1, 1, 1, 1, 1, 1, 2]) }, (_, index) => {
    const client = index === 0 && random.chance(0.95) ? own : forge.client();
    const clock = forge.clock(client);
    return { client, clock, structs: forge.structs(client, clock) };
  });
  const deletions = random.chance(0.35) ? forge.deletions(own) : [];
  return writeUpdate({ sections, deletions });
}

/** An honest update put together otherwise: another's name, another turn, parts twice, parts less. */
export function altered(update: RawUpdate, scenery: Scenery, own: number, random: SeededRandom): Uint8Array {
  const forge = forger(scenery, random);
  const { sections, deletions } = update;
  const first = sections[0];
  switch (random.int(8)) {
    case 0:
      return writeUpdate({ sections: sections.map((one) => ({ ...one, client: own })), deletions });
    case 1:
      return writeUpdate({
        sections: sections.map((one) => ({ ...one, client: forge.client() })),
        deletions,
      });
    case 2:
      return writeUpdate({
        sections: sections.map((one) => ({
          ...one,
          structs: one.structs.map((struct) => ({ ...struct, parent: forge.parent() })),
        })),
        deletions,
      });
    case 3:
      return writeUpdate({ sections: first ? [...sections, first] : sections, deletions });
    case 4:
      return writeUpdate({ sections, deletions: [...deletions, ...deletions] });
    case 5:
      return writeUpdate({
        sections: sections.map((one) => ({ ...one, clock: forge.clock(one.client) })),
        deletions,
      });
    case 6:
      return writeUpdate({
        sections: sections.map((one) => ({
          ...one,
          structs: one.structs.map((struct) => ({
            ...struct,
            origin: forge.id(),
            content: forge.content(struct.kind),
          })),
        })),
        deletions,
      });
    default:
      return writeUpdate({ sections, deletions: forge.deletions(own) });
  }
}

function forger({ doc, turns, turn, characters, clients }: Scenery, random: SeededRandom) {
  const state = (client: number) => Y.getState(doc.store, client);
  const client = () =>
    random.chance(0.85) && clients.length > 0 ? random.pick(clients) : random.pick(ODD_CLIENTS);
  const clock = (of: number) =>
    random.chance(0.8) ? state(of) : Math.max(0, random.pick([state(of) - 1, state(of) + 1, ...ODD_CLOCKS]));
  const id = (): Id => {
    if (characters.length > 0 && random.chance(0.7)) return random.pick(characters);
    const of = client();
    return { client: of, clock: random.chance(0.7) ? random.int(state(of) + 1) : clock(of) };
  };
  const parent = (): string | Id => {
    const what = random.int(20);
    if (what < 14) return `turn:${turn}`;
    if (what < 16) return `turn:${random.pick(turns)}`;
    return what < 18 ? random.pick(ODD_ROOTS) : id();
  };
  const content = (kind: number): string | number | Uint8Array => {
    if (kind === KIND.string) return random.chance(0.95) ? random.pick(WORDS) : random.pick(NO_WORDS);
    if (kind <= KIND.deleted || kind === KIND.skip)
      return random.chance(0.9) ? 1 + random.int(5) : random.pick(ODD_CLOCKS);
    return Uint8Array.from({ length: random.pick([1, 1, 1, 2, 3, 8]) }, () =>
      random.int(random.pick([8, 256])),
    );
  };
  return {
    client,
    clock,
    id,
    parent,
    content,
    structs(author: number, from: number): RawStruct[] {
      // A place between two characters, as an editor would name it.
      const at = random.int(characters.length + 1);
      let origin: Id | null = characters[at - 1] ?? null;
      const rightOrigin = characters[at] ?? null;
      let next = from;
      return Array.from({ length: random.pick([0, 1, 1, 1, 1, 1, 1, 1, 2, 3]) }, () => {
        const kind = random.chance(0.8)
          ? KIND.string
          : random.pick([KIND.deleted, KIND.deleted, KIND.deleted, random.int(32), random.int(10)]);
        const struct: RawStruct = {
          kind,
          origin: random.chance(0.92) ? origin : id(),
          rightOrigin: random.chance(0.92) ? rightOrigin : random.pick([null, id()]),
          parent: parent(),
          parentSub: random.chance(0.02) ? 'key' : null,
          content: content(kind),
        };
        next += typeof struct.content === 'number' ? struct.content : struct.content.length;
        origin = { client: author, clock: next - 1 };
        return struct;
      });
    },
    deletions(own: number): RawDeletions[] {
      return Array.from({ length: random.pick([1, 1, 2]) }, () => {
        const from = id();
        const whose = random.pick([from.client, from.client, own, client()]);
        const ranges: number[] = [];
        let at = random.chance(0.85) ? from.clock : clock(whose);
        for (let count = random.pick([0, 1, 1, 1, 2]); count > 0; count--) {
          const length = random.chance(0.9) ? 1 + random.int(4) : random.pick(ODD_CLOCKS);
          ranges.push(at, length);
          at = random.chance(0.9) ? at + length + random.int(3) : Math.max(0, at - 1);
        }
        return { client: whose, ranges: ranges.map((one) => Math.min(one, Number.MAX_SAFE_INTEGER)) };
      });
    },
  };
}
