/**
 * Where a reader sees a character begin and end: Unicode's extended grapheme clusters where the platform has
 * `Intl.Segmenter`, and code points where it has not. All positions are UTF-16 code units.
 */

/** Finds the boundaries inside a short piece of text; null means code points. */
export type Segmenter = Pick<Intl.Segmenter, 'segment'> | null;

export const graphemes: Segmenter =
  typeof Intl === 'object' && 'Segmenter' in Intl
    ? new Intl.Segmenter(undefined, { granularity: 'grapheme' })
    : null;

/** Whether an edit may begin or end at `index`. */
export const isBoundary = (text: string, index: number, segmenter: Segmenter = graphemes): boolean =>
  boundaryBefore(text, index, segmenter) === index;

/** The last boundary at or before `index`. */
export function boundaryBefore(text: string, index: number, segmenter: Segmenter = graphemes): number {
  return clusterAround(text, index, segmenter).start;
}

/** The first boundary at or after `index`. */
export function boundaryAfter(text: string, index: number, segmenter: Segmenter = graphemes): number {
  return clusterAround(text, index, segmenter).end;
}

/** How many characters a reader sees. */
export function lengthInGraphemes(text: string, segmenter: Segmenter = graphemes): number {
  const parts = segmenter === null ? text : segmenter.segment(text);
  let count = 0;
  for (const _ of parts) count += 1;
  return count;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The cluster that has `index` inside it, or an empty span where `index` is a boundary. */
function clusterAround(text: string, index: number, segmenter: Segmenter): Span {
  if (index <= 0) return { start: 0, end: 0 };
  if (index >= text.length) return { start: text.length, end: text.length };
  if (isPlainGap(text, index)) return { start: index, end: index };
  if (segmenter === null) {
    return isInsidePair(text, index) ? { start: index - 1, end: index + 1 } : { start: index, end: index };
  }
  // A whole turn is too long to cut up for every key: between two plain letters there is a boundary for certain.
  let from = index - 1;
  while (from > 0 && !isPlainGap(text, from)) from -= 1;
  let to = index + 1;
  while (to < text.length && !isPlainGap(text, to)) to += 1;
  for (const { index: offset, segment } of segmenter.segment(text.slice(from, to))) {
    const start = from + offset;
    const end = start + segment.length;
    if (index === start) break;
    if (index < end) return { start, end };
  }
  return { start: index, end: index };
}

const isPlain = (unit: number): boolean => unit >= 0x20 && unit <= 0x7e;

function isPlainGap(text: string, index: number): boolean {
  return isPlain(text.charCodeAt(index - 1)) && isPlain(text.charCodeAt(index));
}

function isInsidePair(text: string, index: number): boolean {
  return text.charCodeAt(index - 1) >> 10 === 0x36 && text.charCodeAt(index) >> 10 === 0x37;
}
