import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createFakeField } from './fake-field.ts';
import { compose, desk, FAMILY, origin } from './fixtures/desk.ts';
import { bindText, type TextField } from './text-binding.ts';

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
