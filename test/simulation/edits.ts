import type { SeededRandom } from '../support/seeded-random.ts';
import type { Device } from './device.ts';

/** What people do to a text, as our editor puts it into the document. Each says which marks may be gone after it. */

/** One sign between two marks: what is left of two words, put together, never reads as a third one. */
const MARK = /«[\u4e00-\u9fff]»/g;
export const markOf = (count: number): string => `«${String.fromCodePoint(0x4e00 + count)}»`;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const TAILS = ['', ' ', '👩‍👩‍👧', 'é', '\n', 'ش', ' 🇺🇦 ', 'e\u0301'];
const LINES = ['so I said', 'nothing — 🤝🏽', '', '\tand then', 'ぜんぶ', 'لا شيء', '👨‍👩‍👧‍👦'];
/** What an input method shows on the way to a word. */
const COMPOSED = ['k', 'か', 'かn', 'かん', 'かんj', 'カン'];

export const marksIn = (text: string): readonly string[] => text.match(MARK) ?? [];

const textOf = ({ doc }: Device, turn: string) => doc.getText(`turn:${turn}`);

/** Mostly at the end, else at the beginning: between two pieces of what people see as one character is no place. */
function placeIn(device: Device, turn: string, random: SeededRandom): number {
  return random.chance(0.8) ? textOf(device, turn).length : 0;
}

export function typeWord(device: Device, turn: string, mark: string, random: SeededRandom): void {
  device.type(turn, mark, `${mark}${random.pick(TAILS)}`, placeIn(device, turn, random));
}

export function paste(device: Device, turn: string, mark: string, random: SeededRandom): void {
  const lines = Array.from({ length: 2 + random.int(12) }, () => random.pick(LINES));
  device.type(turn, mark, `${mark}${lines.join('\n')}`, placeIn(device, turn, random));
}

/** Deletes a whole word, or what people see as one character, or a stretch of several. */
export function remove(device: Device, turn: string, random: SeededRandom): readonly string[] {
  const text = textOf(device, turn);
  const before = text.toString();
  if (before === '') return [];
  const word = random.pick(marksIn(before).concat(''));
  const [at, length] =
    word !== '' && random.chance(0.5)
      ? [before.indexOf(word), word.length]
      : stretchIn(before, random.int(before.length), 1 + random.int(3));
  device.doc.transact(() => text.delete(at, length), device);
  return goneFrom(before, text.toString());
}

/** Whole graphemes, from the one that `near` lies in. */
function stretchIn(text: string, near: number, count: number): readonly [at: number, length: number] {
  const from = Math.max(0, near - 40);
  const parts = [...graphemes.segment(text.slice(from, near + 40))];
  const first = Math.max(
    0,
    parts.findIndex(({ index, segment }) => from + index + segment.length > near),
  );
  const taken = parts.slice(first, first + count);
  return [from + (taken[0]?.index ?? 0), taken.reduce((sum, { segment }) => sum + segment.length, 0)];
}

/** A word that is being composed: it is replaced as a whole until it is done, or given up. */
export interface Composition {
  readonly turn: string;
  readonly clientId: number;
  shown: string;
}

/** `open` tells one composition from another; what is shown of it is found by that, wherever it has moved. */
export function compose(device: Device, turn: string, open: string, random: SeededRandom): Composition {
  const shown = `${open}${COMPOSED[0]}`;
  const at = placeIn(device, turn, random);
  device.doc.transact(() => textOf(device, turn).insert(at, shown), device);
  return { turn, clientId: device.doc.clientID, shown };
}

/** Goes on composing; with a mark, it becomes that word; with an empty one, it is cancelled. */
export function recompose(
  device: Device,
  composition: Composition,
  open: string,
  mark: string | null,
  random: SeededRandom,
): void {
  const { turn, shown } = composition;
  const text = textOf(device, turn);
  const at = text.toString().indexOf(shown);
  if (at < 0) return;
  const next = mark ?? `${open}${random.pick(COMPOSED)}`;
  device.doc.transact(() => {
    text.delete(at, shown.length);
    text.insert(at, next);
  }, device);
  composition.shown = next;
  if (mark) device.wrote(turn, mark);
}

const goneFrom = (before: string, after: string): readonly string[] => {
  const left = new Set(marksIn(after));
  return marksIn(before).filter((mark) => !left.has(mark));
};
