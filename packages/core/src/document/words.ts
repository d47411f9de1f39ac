/** Which characters a turn's words may hold (rule D21): one rule for the editor, which strips, and the guard, which refuses. */

export { lengthInGraphemes } from './graphemes.ts';

/**
 * Control characters (C0 but for tab, LF and CR; DEL; C1) and non-characters have no meaning in prose, and some of
 * them steer terminals, logs and exports. Lone surrogates cannot be sent at all: the encoder would write U+FFFD.
 */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\p{Cs}\p{Noncharacter_Code_Point}]/u;
const EVERY_FORBIDDEN = new RegExp(FORBIDDEN, 'gu');

/** Vertical tab, form feed and next line: how word processors spell a line break inside a paragraph. */
const DISGUISED_BREAKS = /[\v\f\u0085]/g;

/** U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069. */
const BIDI_MARK = /\p{Bidi_Control}/u;

/** The first forbidden character's index in UTF-16 code units, or -1. A lone surrogate is one. */
export const findForbidden = (text: string): number => text.search(FORBIDDEN);

/** The text as the guard accepts it; line breaks in disguise become LF, every other forbidden character goes. */
export const stripForbidden = (text: string): string =>
  findForbidden(text) === -1 ? text : text.replace(DISGUISED_BREAKS, '\n').replace(EVERY_FORBIDDEN, '');

/**
 * Marks that turn the direction of writing. Pasted Hebrew and Arabic needs them, so they are accepted and flagged;
 * whoever shows the text isolates it (`<bdi>`, `unicode-bidi: isolate`).
 */
export const hasBidiMarks = (text: string): boolean => BIDI_MARK.test(text);
