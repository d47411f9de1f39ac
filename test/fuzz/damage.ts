import type { SeededRandom } from '../support/seeded-random.ts';

/** Harm done to bytes without knowing what they mean. */

type Damage = (bytes: Uint8Array, random: SeededRandom, other: Uint8Array) => Uint8Array;

const TELLING = [0, 1, 2, 3, 4, 0x0a, 0x7f, 0x80, 0x81, 0x84, 0xc0, 0xed, 0xf4, 0xff];
/** How much longer one frame may get: a million long ones would take their time for nothing. */
const LONGEST = 4_096;

const splice = (bytes: Uint8Array, at: number, gone: number, put: Iterable<number>): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + gone)]);

const place = (bytes: Uint8Array, random: SeededRandom): number => random.int(bytes.length + 1);

const DAMAGES: readonly Damage[] = [
  // One bit.
  (bytes, random) => {
    const copy = bytes.slice();
    const at = random.int(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.int(8));
    return copy;
  },
  // One byte, often one that means something.
  (bytes, random) => {
    const copy = bytes.slice();
    copy[random.int(copy.length)] = random.chance(0.7) ? random.pick(TELLING) : random.int(256);
    return copy;
  },
  // A little more or less: counts, lengths and clocks.
  (bytes, random) => {
    const copy = bytes.slice();
    const at = random.int(copy.length);
    copy[at] = (copy[at] ?? 0) + random.pick([1, -1]);
    return copy;
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => bytes.subarray(place(bytes, random)),
  (bytes, random) => splice(bytes, place(bytes, random), 1 + random.int(4), []),
  (bytes, random) => splice(bytes, place(bytes, random), 0, [random.pick(TELLING)]),
  // A stretch of it once more.
  (bytes, random) => {
    const at = place(bytes, random);
    return splice(bytes, at, 0, bytes.subarray(at, at + 1 + random.int(24)));
  },
  // The beginning of one, the end of another.
  (bytes, random, other) =>
    splice(bytes, place(bytes, random), bytes.length, other.subarray(place(other, random))),
  // Half a pair of UTF-16, as it would be in UTF-8.
  (bytes, random) => splice(bytes, place(bytes, random), random.int(4), [0xed, 0xa0, 0x80]),
  overlong,
];

/** The same number in more bytes than it needs. */
export function overlong(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.int(bytes.length);
  const byte = bytes[at] ?? 0;
  const more = Array.from({ length: random.pick([0, 0, 0, 1, 7, 150]) }, () => 0x80);
  return splice(bytes, at, 1, [byte | 0x80, ...more, 0]);
}

export function damaged(bytes: Uint8Array, random: SeededRandom, other: Uint8Array): Uint8Array {
  let hurt = bytes;
  for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count--) {
    if (hurt.length > 0) hurt = random.pick(DAMAGES)(hurt, random, other);
  }
  return hurt.length > bytes.length + LONGEST ? hurt.subarray(0, bytes.length + LONGEST) : hurt;
}
