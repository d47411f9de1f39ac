import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { compose, desk, FAMILY, FLAG } from './fixtures/desk.ts';
import { boundaryAfter } from './graphemes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const piece = fc.constantFrom(
  'a',
  'a',
  'b',
  ' ',
  '\n',
  'é',
  'e\u0301',
  '😀',
  '😁',
  FAMILY,
  FLAG,
  '👩🏽',
  '日本',
  'ש',
);
const words = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const place = fc.nat({ max: 400 });

/** A place in the words that a caret can have. */
const at = (value: string, raw: number): number => boundaryAfter(value, raw % (value.length + 1));

const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), from: place, to: place, words }),
  fc.record({ do: fc.constant('backspace' as const), from: place, to: place, words }),
  fc.record({ do: fc.constant('remote' as const), from: place, to: place, words }),
  fc.record({ do: fc.constant('sync' as const), from: place, to: place, words }),
  fc.record({ do: fc.constant('compose' as const), from: place, to: place, words }),
  fc.record({ do: fc.constant('compose-end' as const), from: place, to: place, words }),
);

describe('with anything in any order', () => {
  it('both devices and the field hold the same words, whole characters, and nobody’s are lost', () => {
    fc.assert(
      fc.property(words, fc.array(step, { maxLength: 40 }), (start, steps) => {
        const { field, text, other, sync, doc } = desk(start);
        let composed: string | null = null;
        const end = (): void => {
          if (composed === null) return;
          composed = null;
          compose.end(field);
          vi.runAllTimers();
        };
        for (const { do: what, from, to, words: typed } of steps) {
          switch (what) {
            case 'type': {
              end();
              const [low, high] = [at(field.value, from), at(field.value, to)].toSorted((x, y) => x - y);
              field.caret(low ?? 0, high ?? 0);
              field.type(typed);
              expect(text.toString()).toBe(field.value);
              break;
            }
            case 'backspace':
              end();
              field.caret(at(field.value, from));
              field.backspace(1);
              expect(text.toString()).toBe(field.value);
              break;
            case 'remote': {
              const value = other.toString();
              const [low = 0, high = 0] = [at(value, from), at(value, to)].toSorted((x, y) => x - y);
              // Short deletions, so that texts grow.
              const upTo = Math.min(high, boundaryAfter(value, Math.min(low + 3, value.length)));
              other.delete(low, upTo - low);
              other.insert(low, typed);
              break;
            }
            case 'sync': {
              const caret = Y.createRelativePositionFromTypeIndex(text, field.selectionEnd, -1);
              const { sets, selectionEnd, value } = field;
              const known = String(Y.encodeStateVector(doc));
              sync();
              if (composed !== null) {
                vi.runAllTimers();
                expect(field.sets).toBe(sets);
                break;
              }
              expect(field.value).toBe(text.toString());
              if (field.value === value && String(Y.encodeStateVector(doc)) === known) {
                // Nothing came: the caret stays, also where what was deleted has left it between two half flags.
                expect(field.selectionEnd).toBe(selectionEnd);
                break;
              }
              const now = Y.createAbsolutePositionFromRelativePosition(caret, doc);
              if (now !== null && isVisible(doc, caret)) {
                expect(field.selectionEnd).toBe(boundaryAfter(field.value, now.index));
              }
              break;
            }
            case 'compose': {
              const { value } = field;
              if (composed === null) {
                field.caret(at(value, from));
                compose.start(field);
                composed = '';
              }
              const sets = field.sets;
              const written = Y.encodeStateVector(doc);
              compose.step(field, composed, typed);
              composed = typed;
              expect(field.sets).toBe(sets);
              expect(Y.encodeStateVector(doc)).toEqual(written);
              break;
            }
            case 'compose-end':
              end();
              break;
          }
        }
        end();
        sync();
        vi.runAllTimers();
        sync();
        expect(field.value).toBe(text.toString());
        expect(other.toString()).toBe(text.toString());
        expect(text.toString().isWellFormed()).toBe(true);
        expect(text.toString()).not.toContain('\uFFFD');
      }),
      { numRuns: 1000 },
    );
  });

  it('what was composed and what arrived meanwhile both survive', () => {
    fc.assert(
      fc.property(
        words,
        place,
        fc.array(fc.tuple(place, fc.constantFrom('X', 'YY', 'Z')), { maxLength: 6 }),
        (start, raw, arrivals) => {
          const { field, text, other, sync } = desk(start);
          field.caret(at(start, raw));
          compose.start(field);
          compose.step(field, '', 'c');
          for (const [where, letters] of arrivals) {
            other.insert(at(other.toString(), where), letters);
            sync();
          }
          compose.step(field, 'c', '文字');
          compose.end(field);
          vi.runAllTimers();
          expect(field.value).toBe(text.toString());
          expect(text.toString()).toContain('文字');
          expect(text.toString().replace('文字', '')).toBe(without(text.toString(), '文字'));
          expect(letters(text.toString(), /[XYZ]/g)).toBe(
            arrivals.reduce((sum, [, { length }]) => sum + length, 0),
          );
          expect(text.toString().replace('文字', '').replace(/[XYZ]/g, '')).toBe(start);
          expect(field.value.slice(0, field.selectionEnd).endsWith('文字')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const letters = (value: string, which: RegExp): number => value.match(which)?.length ?? 0;
const without = (value: string, what: string): string => value.split(what).join('');

/** Whether the character that a relative position leans on is still there. */
function isVisible(doc: Y.Doc, position: Y.RelativePosition): boolean {
  if (position.item === null) return true;
  const item = Y.getItem(doc.store, position.item);
  return item instanceof Y.Item && !item.deleted;
}
