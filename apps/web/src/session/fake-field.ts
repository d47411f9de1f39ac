/** A text field with no browser around it: what a person, an input method and a browser do to a `<textarea>`. For tests. */

import type { FieldEvent, TextField } from './text-binding.ts';

type Listener = (event: FieldEvent) => void;

export interface FakeField extends TextField {
  /** How often the field was set by the program. */
  readonly sets: number;
  listening(): number;
  dispatch(event: FieldEvent): void;
  /** Replaces the selection, as a key, a paste or a drop does. Tells nobody: `type` does. */
  put(words: string): void;
  type(words: string): void;
  /** Deletes `count` code units in front of the caret, or the selection. */
  backspace(count?: number): void;
  caret(at: number, end?: number): void;
  /** Sets all of it, as undo does. */
  become(value: string, caret: number): void;
}

export function createFakeField(): FakeField {
  const listeners = new Map<string, Set<Listener>>();
  let value = '';
  let start = 0;
  let end = 0;
  let direction: TextField['selectionDirection'] = 'none';
  let sets = 0;

  const field: FakeField = {
    scrollTop: 0,
    get value() {
      return value;
    },
    set value(next) {
      sets += 1;
      value = next.replace(/\r\n?/g, '\n');
      start = value.length;
      end = value.length;
      direction = 'none';
    },
    get sets() {
      return sets;
    },
    get selectionStart() {
      return start;
    },
    get selectionEnd() {
      return end;
    },
    get selectionDirection() {
      return direction;
    },
    setSelectionRange(from, to, way = 'none') {
      end = Math.min(to, value.length);
      start = Math.min(from, end);
      direction = way;
    },
    addEventListener(type, listener) {
      const all = listeners.get(type) ?? new Set();
      listeners.set(type, all.add(listener));
    },
    removeEventListener(type, listener) {
      listeners.get(type)?.delete(listener);
    },
    listening: () => [...listeners.values()].reduce((sum, all) => sum + all.size, 0),
    dispatch(event) {
      for (const listener of listeners.get(event.type) ?? []) listener(event);
    },
    put(words) {
      value = value.slice(0, start) + words + value.slice(end);
      start += words.length;
      end = start;
    },
    type(words) {
      field.put(words);
      field.dispatch({ type: 'input', isComposing: false });
    },
    backspace(count = 1) {
      if (start === end) start = Math.max(0, start - count);
      field.type('');
    },
    caret(at, to = at) {
      field.setSelectionRange(at, to);
    },
    become(next, caret) {
      value = next;
      start = caret;
      end = caret;
      field.dispatch({ type: 'input', isComposing: false });
    },
  };
  return field;
}
