import fc from 'fast-check';
import { _decodeUtf8Polyfill } from 'lib0/string';
import { describe, expect, it } from 'vitest';
import { editBetween, snapEdit } from './edits.ts';
import { boundaryAfter, boundaryBefore, isBoundary } from './graphemes.ts';
import { decodeUtf8 } from './utf8.ts';
import { findForbidden, hasBidiMarks, lengthInGraphemes, stripForbidden } from './words.ts';

const FAMILY = '👩‍👩‍👧';
const prose = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\r\n', 'é', 'e\u0301', '😀', '😁', FAMILY, '🇫🇷', 'ก็', 'שׁ'),
  maxLength: 12,
});
const units = fc
  .array(fc.nat({ max: 0xffff }), { maxLength: 30 })
  .map((list) => String.fromCharCode(...list));

/** What the definition says, over the whole text at once. */
function boundaries(text: string): Set<number> {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  return new Set([...[...segments].map(({ index }) => index), text.length]);
}

const apply = (text: string, edit: { at: number; remove: number; insert: string }): string =>
  text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.remove);

describe('characters', () => {
  it('D21 forbids control characters, non-characters and lone surrogates, and nothing else', () => {
    const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code <= 0x9f);
    for (let code = 0; code <= 0x10ffff; code++) {
      const isBad =
        (isControl(code) && code !== 9 && code !== 10 && code !== 13) ||
        (code & 0xfffe) === 0xfffe ||
        (code >= 0xfdd0 && code <= 0xfdef) ||
        (code >= 0xd800 && code <= 0xdfff);
      if (findForbidden(String.fromCodePoint(code)) !== (isBad ? 0 : -1)) expect(code.toString(16)).toBe('');
    }
  });

  it('D21 strips to what the guard accepts, and leaves what it accepts alone', () => {
    fc.assert(
      fc.property(fc.oneof(units, prose), (text) => {
        const stripped = stripForbidden(text);
        expect(findForbidden(stripped)).toBe(-1);
        expect(stripForbidden(stripped)).toBe(stripped);
        if (findForbidden(text) === -1) expect(stripped).toBe(text);
      }),
    );
    expect(stripForbidden('a\u0000b\ud83dc')).toBe('abc');
    expect(stripForbidden('one\vtwo\u0085three')).toBe('one\ntwo\nthree');
  });

  it('D21 knows the marks that turn the direction of writing', () => {
    for (const mark of ['\u061C', '\u200E', '\u200F', '\u202A', '\u202E', '\u2066', '\u2069']) {
      expect(hasBidiMarks(`a${mark}`)).toBe(true);
    }
    expect(hasBidiMarks('שלום \u200D \u202F')).toBe(false);
  });

  it('D5 decodes as a fatal TextDecoder does that keeps a byte order mark, with lib0’s fallback too', () => {
    const oracle = (raw: Uint8Array) => {
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
      } catch {
        return null;
      }
    };
    const fallback = (raw: Uint8Array) => {
      try {
        return _decodeUtf8Polyfill(raw);
      } catch {
        return null;
      }
    };
    const mostlyUtf8 = fc
      .tuple(fc.string({ unit: 'binary' }), fc.nat(), fc.nat({ max: 255 }), fc.boolean())
      .map(([text, at, byte, isDamaged]) => {
        const raw = new TextEncoder().encode(text);
        if (isDamaged && raw.length > 0) raw[at % raw.length] = byte;
        return raw;
      });
    const lead = fc.tuple(fc.constantFrom(0xc0, 0xc1, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf8), fc.uint8Array());
    const crooked = lead.map(([first, rest]) => Uint8Array.from([first, ...rest.map((byte) => byte | 0x80)]));
    fc.assert(
      fc.property(fc.oneof(mostlyUtf8, crooked, fc.uint8Array()), (raw) => {
        expect(decodeUtf8(raw)).toBe(oracle(raw));
        expect(fallback(raw)).toBe(oracle(raw));
      }),
      { numRuns: 500 },
    );
    const long = 'ä😀x'.repeat(5_000);
    const raw = new TextEncoder().encode(long);
    expect(decodeUtf8(raw)).toBe(long);
  });
});

describe('whole characters', () => {
  it('D21 finds the boundaries that Unicode defines, looking at a few characters only', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const all = boundaries(text);
        for (let index = 0; index <= text.length; index++) {
          expect(isBoundary(text, index)).toBe(all.has(index));
          expect(boundaryBefore(text, index)).toBe(Math.max(...[...all].filter((one) => one <= index)));
          expect(boundaryAfter(text, index)).toBe(Math.min(...[...all].filter((one) => one >= index)));
        }
        expect(lengthInGraphemes(text)).toBe(all.size - 1);
      }),
    );
    expect(lengthInGraphemes('')).toBe(0);
  });

  it('D21 falls back to code points where the platform knows no graphemes', () => {
    expect(isBoundary('a😀', 2, null)).toBe(false);
    expect(boundaryBefore('a😀', 2, null)).toBe(1);
    expect(boundaryAfter('a😀', 2, null)).toBe(3);
    expect(isBoundary('e\u0301', 1, null)).toBe(true);
    expect(lengthInGraphemes('a😀e\u0301', null)).toBe(4);
    expect(snapEdit('😀', { at: 1, remove: 1, insert: '' }, null)).toEqual({ at: 0, remove: 2, insert: '' });
  });

  it('D21 widens an edit to whole characters without changing its result', () => {
    fc.assert(
      fc.property(prose, prose, fc.nat(), fc.nat(), (text, insert, a, b) => {
        const at = a % (text.length + 1);
        const edit = { at, remove: b % (text.length - at + 1), insert };
        const snapped = snapEdit(text, edit);
        expect(isBoundary(text, snapped.at) && isBoundary(text, snapped.at + snapped.remove)).toBe(true);
        expect(apply(text, snapped)).toBe(stripForbidden(apply(text, edit)));
      }),
    );
  });

  it('D21 finds an edit between two texts that splits no character', () => {
    fc.assert(
      fc.property(prose, prose, prose, prose, fc.nat(), (head, tail, before, after, caret) => {
        const [from, to] = [head + before + tail, head + after + tail];
        const edit = editBetween(from, to, caret % (to.length + 1));
        if (edit === null) {
          expect(from).toBe(to);
          return;
        }
        expect(apply(from, edit)).toBe(to);
        expect(isBoundary(from, edit.at) && isBoundary(from, edit.at + edit.remove)).toBe(true);
      }),
    );
  });

  it('D21 exchanges whole emoji though they share half of their code', () => {
    expect(editBetween('a😀b', 'a😁b')).toEqual({ at: 1, remove: 2, insert: '😁' });
  });

  it('D21 places a repeated letter where the caret is', () => {
    expect(editBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' });
    expect(editBetween('aaa', 'aaaa', 4)).toEqual({ at: 3, remove: 0, insert: 'a' });
    expect(editBetween('aaa', 'aa', 1)).toEqual({ at: 1, remove: 1, insert: '' });
  });
});
