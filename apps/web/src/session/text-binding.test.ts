import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createFakeField, type FakeField } from './fake-field.ts';
import { boundaryAfter } from './graphemes.ts';
import { type BindText, bindText, type TextBinding, type TextField } from './text-binding.ts';

const FAMILY = '👨‍👩‍👧';
const FLAG = '🇫🇷';
const origin = { of: 'the binding' };

interface Desk {
  readonly field: FakeField;
  readonly doc: Y.Doc;
  readonly text: Y.Text;
  readonly binding: TextBinding;
  readonly cut: string[];
  readonly words: string[];
  /** Every local transaction that changed something: what it deleted and inserted. */
  readonly written: { readonly at: number; readonly insert: string; readonly remove: number }[];
  /** The same person's other device. */
  readonly other: Y.Text;
  /** Carries what either side has not seen. */
  sync(): void;
}

function desk(start = '', options: Partial<BindText> = {}): Desk {
  const doc = new Y.Doc();
  const text = doc.getText('turn:t');
  text.insert(0, start);
  const otherDoc = new Y.Doc();
  const other = otherDoc.getText('turn:t');
  const sync = (): void => {
    Y.applyUpdate(otherDoc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(otherDoc)), 'wire');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(otherDoc, Y.encodeStateVector(doc)), 'wire');
  };
  sync();
  const field = createFakeField();
  const cut: string[] = [];
  const words: string[] = [];
  const binding = bindText({
    textarea: field,
    text,
    origin,
    onTooLong: (rest) => cut.push(rest),
    onWords: (now) => words.push(now),
    ...options,
  });
  const written: { at: number; insert: string; remove: number }[] = [];
  text.observe((event, transaction) => {
    if (transaction.origin !== origin) return;
    let at = 0;
    let insert = '';
    let remove = 0;
    for (const step of event.delta) {
      at += insert === '' && remove === 0 ? (step.retain ?? 0) : 0;
      insert += typeof step.insert === 'string' ? step.insert : '';
      remove += step.delete ?? 0;
    }
    written.push({ at, insert, remove });
  });
  return { field, doc, text, binding, cut, words, written, other, sync };
}

const compose = {
  start: (field: FakeField) => field.dispatch({ type: 'compositionstart' }),
  /** The composed words so far, in place of the ones before. */
  step(field: FakeField, before: string, now: string) {
    field.setSelectionRange(field.selectionEnd - before.length, field.selectionEnd);
    field.put(now);
    field.dispatch({ type: 'input', isComposing: true });
  },
  end: (field: FakeField) => field.dispatch({ type: 'compositionend' }),
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('typing', () => {
  it('takes a browser’s textarea as its field', () => {
    const accepts = (element: HTMLTextAreaElement): TextField => element;
    expect(accepts).toBeTypeOf('function');
  });

  it('shows the text, with the caret at its end', () => {
    const { field } = desk('as it was');
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['as it was', 9, 9]);
  });

  it('puts a letter where the caret is, among the same letters', () => {
    for (const at of [0, 1, 2, 3]) {
      const { field, written } = desk('aaa');
      field.caret(at);
      field.type('a');
      expect(written).toEqual([{ at, insert: 'a', remove: 0 }]);
    }
  });

  it('takes a letter away where the caret is, among the same letters', () => {
    const { field, written } = desk('aaaa');
    field.caret(2);
    field.backspace();
    expect(written).toEqual([{ at: 1, insert: '', remove: 1 }]);
  });

  it('writes an edit and no more, in one transaction with the origin', () => {
    const { field, written, text } = desk('I was sad at home');
    field.caret(6, 9);
    field.type('glad');
    expect(text.toString()).toBe('I was glad at home');
    expect(written).toHaveLength(1);
  });

  it('follows undo, autocorrection and dictation, which change what they like', () => {
    const { field, text } = desk('teh quick');
    field.become('the quick', 3);
    expect(text.toString()).toBe('the quick');
    field.become('teh quick brown fox.', 0);
    expect(text.toString()).toBe('teh quick brown fox.');
    field.become('', 0);
    expect(text.toString()).toBe('');
  });

  it('sets nothing in the field for plain typing', () => {
    const { field } = desk('abc');
    const { sets } = field;
    field.type('d');
    field.backspace(2);
    expect(field.sets).toBe(sets);
  });

  it('tells the words after each change', () => {
    const { field, words, other, sync } = desk('a');
    field.type('b');
    other.insert(0, 'x');
    sync();
    expect(words).toEqual(['ab', 'xab']);
  });

  it('lets go of the field and the text', () => {
    const { field, text, binding } = desk('a');
    binding.destroy();
    field.type('b');
    expect(text.toString()).toBe('a');
    text.insert(0, 'x');
    expect(field.value).toBe('ab');
    expect(field.listening()).toBe(0);
  });

  it('keeps the caret when it is bound again to the same words', () => {
    const { field, text, binding } = desk('one two');
    field.caret(3);
    binding.destroy();
    bindText({ textarea: field, text, origin });
    expect(field.selectionStart).toBe(3);
  });
});

describe('characters', () => {
  it('never splits one: a family that loses a child is written whole', () => {
    const { field, text, written } = desk(`a${FAMILY}b`);
    const without = '👨‍👩‍👦';
    field.become(`a${without}b`, 1 + without.length);
    expect(text.toString()).toBe(`a${without}b`);
    expect(written).toEqual([{ at: 1, insert: without, remove: FAMILY.length }]);
  });

  it('drops the other half of a pair when a keyboard deletes one', () => {
    const { field, text } = desk('a😀b');
    field.caret(3);
    field.backspace(1);
    expect(text.toString()).toBe('ab');
    expect(field.value).toBe('ab');
    expect(field.selectionStart).toBe(1);
  });

  it('strips what may not be sent, in the field too, and keeps the caret behind the rest', () => {
    const { field, text } = desk('ab');
    field.caret(1);
    field.type('x\u0000\u0007y');
    expect(text.toString()).toBe('axyb');
    expect([field.value, field.selectionStart]).toEqual(['axyb', 3]);
  });

  it('writes nothing where all of it is stripped', () => {
    const { field, written } = desk('ab');
    field.type('\u0001');
    expect([field.value, written.length]).toEqual(['ab', 0]);
  });
});

describe('the limit', () => {
  it('cuts at a character’s end and hands over the rest', () => {
    const { field, text, cut } = desk('', { limit: 10 });
    field.type(`12345${FAMILY}rest`);
    expect(text.toString()).toBe('12345');
    expect(field.value).toBe('12345');
    expect(field.selectionStart).toBe(5);
    expect(cut).toEqual([`${FAMILY}rest`]);
  });

  it('makes room for what is typed over a selection, and always allows deleting', () => {
    const { field, text, cut, other, sync } = desk('0123456789', { limit: 10 });
    field.caret(2, 5);
    field.type('abcdef');
    expect(text.toString()).toBe('01abc56789');
    expect(cut).toEqual(['def']);
    other.insert(0, 'much longer');
    sync();
    field.backspace(1);
    expect(text.toString()).toBe(field.value);
    expect(text.length).toBe(20);
    expect(cut).toEqual(['def']);
  });

  it('hands over what an input method composed, once', () => {
    const { field, text, cut } = desk('12345678', { limit: 10 });
    compose.start(field);
    compose.step(field, '', 'abcd');
    compose.end(field);
    field.dispatch({ type: 'input', isComposing: false });
    vi.runAllTimers();
    expect([text.toString(), field.value, cut]).toEqual(['12345678ab', '12345678ab', ['cd']]);
  });
});

describe('words from elsewhere', () => {
  it('keeps caret and selection on the same words', () => {
    const { field, other, sync } = desk('one two three');
    field.setSelectionRange(4, 7, 'backward');
    other.insert(0, '>>> ');
    other.insert(11, '!!!');
    sync();
    expect(field.value).toBe('>>> one two!!! three');
    expect([field.selectionStart, field.selectionEnd, field.selectionDirection]).toEqual([8, 11, 'backward']);
  });

  it('leaves the caret in front of what arrives at it', () => {
    const { field, other, sync } = desk('ab');
    field.caret(1);
    other.insert(1, 'XX');
    sync();
    expect(field.selectionStart).toBe(1);
  });

  it('keeps the place that was scrolled to', () => {
    const { field, other, sync } = desk('ab');
    field.scrollTop = 120;
    other.insert(0, 'X');
    sync();
    expect(field.scrollTop).toBe(120);
  });

  it('reads words that no event told of before it shows others', () => {
    const { field, text, other, sync } = desk('ab');
    field.put('c');
    other.insert(0, 'X');
    sync();
    expect(field.value).toBe('abc');
    vi.runAllTimers();
    expect([text.toString(), field.value]).toEqual(['Xabc', 'Xabc']);
  });

  it('does not touch the selection of a field without focus until it has it again', () => {
    const field = createFakeField();
    const elsewhere = {};
    let active: unknown = elsewhere;
    const unfocused = Object.assign(field, {
      ownerDocument: {
        get activeElement() {
          return active;
        },
      },
    });
    const doc = new Y.Doc();
    const text = doc.getText('turn:t');
    text.insert(0, 'one two');
    bindText({ textarea: unfocused, text, origin });
    const select = vi.spyOn(field, 'setSelectionRange');
    text.insert(0, 'x');
    expect(select).not.toHaveBeenCalled();
    active = field;
    field.dispatch({ type: 'focus' });
    expect(field.selectionStart).toBe(8);
  });

  it('shows CR and CRLF as a textarea does, and edits in the right place', () => {
    const { field, text } = desk('a\r\nb\rc');
    expect(field.value).toBe('a\nb\nc');
    field.caret(3);
    field.type('X');
    expect(text.toString()).toBe('a\r\nbX\rc');
    field.caret(5);
    field.backspace();
    expect(text.toString()).toBe('a\r\nbXc');
    // The CR that loses its LF is a line end of its own, and is shown as one.
    field.caret(2);
    field.backspace();
    expect([text.toString(), field.value]).toEqual(['a\rbXc', 'a\nbXc']);
    field.caret(2);
    field.backspace();
    expect([text.toString(), field.value]).toEqual(['abXc', 'abXc']);
  });
});

describe('an input method', () => {
  it('is left alone: nothing is written and nothing is set until it is done', () => {
    const { field, text, other, sync, written } = desk('base ');
    const { sets } = field;
    compose.start(field);
    other.insert(0, 'X');
    sync();
    compose.step(field, '', 'に');
    compose.step(field, 'に', 'にほ');
    other.insert(1, ' ');
    sync();
    vi.runAllTimers();
    expect(written).toEqual([]);
    expect(text.toString()).toBe('X base ');
    expect([field.value, field.sets]).toEqual(['base にほ', sets]);
    compose.step(field, 'にほ', '日本');
    compose.end(field);
    vi.runAllTimers();
    expect([text.toString(), field.value]).toEqual(['X base 日本', 'X base 日本']);
    expect(field.selectionStart).toBe('X base 日本'.length);
    expect(written).toHaveLength(1);
  });

  it('keeps the words that arrived inside what it replaced', () => {
    const { field, text, other, sync } = desk('one two three');
    field.caret(4, 7);
    compose.start(field);
    compose.step(field, 'two', 'zwei');
    other.insert(5, 'NEW');
    sync();
    compose.end(field);
    field.caret(field.value.length);
    vi.runAllTimers();
    expect(field.selectionEnd).toBe(text.length);
    expect(text.toString()).toContain('zwei');
    expect(text.toString()).toContain('NEW');
    expect(text.toString().replace('zwei', '').replace('NEW', '')).toBe('one  three');
    expect(field.value).toBe(text.toString());
  });

  it('may change the field once more after its end, in any order (Safari, Android)', () => {
    const { field, text, other, sync } = desk('ab');
    compose.start(field);
    compose.step(field, '', 'c');
    other.insert(0, 'X');
    sync();
    compose.step(field, 'c', '');
    compose.end(field);
    field.put('ç');
    field.dispatch({ type: 'input', isComposing: false });
    vi.runAllTimers();
    expect([text.toString(), field.value]).toEqual(['Xabç', 'Xabç']);
  });

  it('may begin again at once', () => {
    const { field, text, other, sync } = desk('');
    compose.start(field);
    compose.step(field, '', '한');
    compose.end(field);
    compose.start(field);
    other.insert(0, 'X');
    sync();
    compose.step(field, '', '국');
    vi.runAllTimers();
    expect(field.value).toBe('한국');
    compose.end(field);
    vi.runAllTimers();
    expect(field.value).toBe(text.toString());
    expect(text.toString()).toContain('한국');
  });

  it('may leave without a word: leaving the field ends it', () => {
    const { field, text } = desk('a');
    compose.start(field);
    compose.step(field, '', 'b');
    field.dispatch({ type: 'blur' });
    expect(text.toString()).toBe('ab');
    compose.end(field);
    vi.runAllTimers();
    expect([text.toString(), field.value]).toEqual(['ab', 'ab']);
  });

  it('may end without a word: input that says it composes nothing is written', () => {
    const { field, text } = desk('a');
    compose.start(field);
    compose.step(field, '', 'b');
    field.type('c');
    expect(text.toString()).toBe('abc');
  });

  it('is read to the end by flush', () => {
    const { field, text, binding } = desk('a');
    compose.start(field);
    compose.step(field, '', 'b');
    expect(binding.words()).toBe('ab');
    binding.flush();
    expect(text.toString()).toBe('ab');
  });
});

describe('sentence starters', () => {
  it('go to the caret, over the selection, and leave the caret behind them', () => {
    const { field, text, binding } = desk('one two three');
    field.caret(4, 7);
    binding.insert('I felt ');
    expect(text.toString()).toBe('one I felt  three');
    expect(field.value).toBe(text.toString());
    expect(field.selectionStart).toBe(11);
  });

  it('wait for the end of a composition', () => {
    const { field, text, binding } = desk('');
    compose.start(field);
    compose.step(field, '', 'é');
    const { sets } = field;
    binding.insert(' because ');
    expect(field.sets).toBe(sets);
    compose.end(field);
    vi.runAllTimers();
    expect([text.toString(), field.value]).toEqual(['é because ', 'é because ']);
  });

  it('keep to the limit', () => {
    const { text, binding, cut } = desk('12345678', { limit: 10 });
    binding.insert('abc');
    expect([text.toString(), cut]).toEqual(['12345678ab', ['c']]);
  });
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
