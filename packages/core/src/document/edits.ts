/**
 * Edits that begin and end where a reader sees a character begin and end. Yjs counts in UTF-16 code units and
 * writes U+FFFD over both halves of a pair that an edit splits, so no edit may ever begin inside one.
 */

import { boundaryAfter, boundaryBefore, graphemes, type Segmenter } from './graphemes.ts';
import { stripForbidden } from './words.ts';

/** `remove` code units go at `at`, and `insert` takes their place. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/**
 * The same edit, widened to whole characters of `before` and with forbidden characters stripped. What it was widened
 * over is put back by `insert`, so the text that results is the one that was asked for.
 */
export function snapEdit(before: string, edit: Edit, segmenter: Segmenter = graphemes): Edit {
  const end = edit.at + edit.remove;
  const from = boundaryBefore(before, edit.at, segmenter);
  const to = boundaryAfter(before, end, segmenter);
  const insert = stripForbidden(before.slice(from, edit.at) + edit.insert + before.slice(end, to));
  return { at: from, remove: to - from, insert };
}

/**
 * The edit that makes `after` out of `before`, snapped; null where there is none.
 * @param caret where the caret stands in `after`: of the places where a repeated character may have been typed, the
 *   one in front of it is taken
 */
export function editBetween(
  before: string,
  after: string,
  caret: number = after.length,
  segmenter: Segmenter = graphemes,
): Edit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  // What stands behind the caret was there before, so it is compared first.
  const mostKept = Math.min(shorter, after.length - Math.min(caret, after.length));
  let suffix = 0;
  while (suffix < mostKept && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix += 1;
  while (suffix < shorter - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  const edit = {
    at: prefix,
    remove: before.length - suffix - prefix,
    insert: after.slice(prefix, after.length - suffix),
  };
  return snapEdit(before, edit, segmenter);
}
