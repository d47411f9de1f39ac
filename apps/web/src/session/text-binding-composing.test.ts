import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compose, desk } from './fixtures/desk.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
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
