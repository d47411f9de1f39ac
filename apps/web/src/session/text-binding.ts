/**
 * Binds a native `<textarea>` to the Y.Text of a turn.
 *
 * Input is read by comparing what the field shows with what it showed before, never from keys or input types: that
 * holds for autocorrection, dictation, paste, drag, the browser's own undo, and keyboards that name no key. While an
 * input method composes, nothing is written and nothing is set in the field; words from elsewhere are kept in step by
 * the shadow and shown when the composition is over.
 */

import type * as Y from 'yjs';
import {
  afterFieldChange,
  afterTextChange,
  type Shadow,
  shadowOf,
  type TextStep,
  textIndex,
} from './field-shadow.ts';
import { boundaryAfter, boundaryBefore, editBetween } from './graphemes.ts';
import { asShown, shownIndex } from './line-ends.ts';

/** UTF-16 code units of a turn's text; lower than the server's 60,000, where a refusal would cost the document. */
export const TURN_TEXT_LIMIT = 40_000;

/** The part of an input or composition event that is read. */
export interface FieldEvent {
  readonly type: string;
  readonly isComposing?: boolean;
}

/** The part of an `HTMLTextAreaElement` that is used, so that no DOM library is needed to test it. */
export interface TextField {
  value: string;
  scrollTop: number;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  readonly selectionDirection: 'forward' | 'backward' | 'none';
  readonly ownerDocument?: { readonly activeElement: unknown } | null;
  setSelectionRange(start: number, end: number, direction?: 'forward' | 'backward' | 'none'): void;
  addEventListener(type: string, listener: (event: FieldEvent) => void): void;
  removeEventListener(type: string, listener: (event: FieldEvent) => void): void;
}

export interface BindText {
  readonly textarea: TextField;
  /** Must belong to a document. */
  readonly text: Y.Text;
  /** The origin of every transaction that writes what was typed. */
  readonly origin: unknown;
  /** UTF-16 code units that the text may hold. Others' words are shown whatever their length. */
  readonly limit?: number;
  /** The field's words, after each change that is not part of a composition. */
  readonly onWords?: (words: string) => void;
  /** The end of what was typed or pasted that is over the limit. It stands nowhere else any more. */
  readonly onTooLong?: (cut: string) => void;
}

export interface TextBinding {
  /** Puts words at the caret, over the selection. While an input method composes, they wait for its end. */
  insert(words: string): void;
  /** Writes what the field shows, a composition that is still open included: before a turn's end, or a lock. */
  flush(): void;
  /** What the field shows, half-composed words included. */
  words(): string;
  /** Lets go of both. Writes nothing: `flush` first where the words are still wanted. */
  destroy(): void;
}

interface Selection {
  readonly start: number;
  readonly end: number;
  readonly direction: 'forward' | 'backward' | 'none';
}

/** `settling` is the moment after a composition, in which some browsers still change the field. */
type Phase = 'idle' | 'composing' | 'settling';

export function bindText(options: BindText): TextBinding {
  const { textarea: field, text, origin, limit = TURN_TEXT_LIMIT, onWords, onTooLong } = options;
  const { doc } = text;
  if (doc === null) throw new Error('A text that belongs to no document cannot be bound.');

  const ownTransactions = new WeakSet<Y.Transaction>();
  const waiting: string[] = [];
  let phase: Phase = 'idle';
  let settling: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  let shadow: Shadow = [];
  /** The field does not show the text: something came from elsewhere, or may not be sent. */
  let stale = false;
  let holdsCr = false;
  /** The selection of a field that has no focus: in Safari, setting it there would take the focus. */
  let parked: Selection | null = null;

  const isFocused = (): boolean => !field.ownerDocument || field.ownerDocument.activeElement === field;

  const selection = (): Selection =>
    parked ?? {
      start: field.selectionStart,
      end: field.selectionEnd,
      direction: field.selectionDirection,
    };

  /** Shows the text as it is, with the selection on the same words. Never while an input method composes. */
  function show(): void {
    const words = text.toString();
    const { start, end, direction } = selection();
    const place = (at: number, side: 'before' | 'after'): number => {
      const inWords = textIndex(shadow, at, side);
      return shownIndex(words, boundaryAfter(words, inWords));
    };
    const first = place(start, start === end ? 'before' : 'after');
    const last = start === end ? first : Math.max(first, place(end, 'before'));
    take(words);
    if (field.value === shown && first === start && last === end) return;
    const { scrollTop } = field;
    field.value = shown;
    field.scrollTop = scrollTop;
    select({ start: first, end: last, direction });
  }

  function take(words: string): void {
    shown = asShown(words);
    shadow = shadowOf(words);
    holdsCr = words.includes('\r');
    stale = false;
  }

  function select(wanted: Selection): void {
    parked = isFocused() ? null : wanted;
    if (parked === null) field.setSelectionRange(wanted.start, wanted.end, wanted.direction);
  }

  /** Writes what changed in the field since it was last read. Sets nothing in the field. */
  function read(): boolean {
    const { value } = field;
    const edit = editBetween(shown, value, field.selectionEnd);
    if (edit === null) return false;
    const typed = value.length - (shown.length - edit.remove);
    const asked = afterFieldChange(shadow, { ...edit, typed, kept: null });
    const room = limit - text.length + asked.change.deletions.reduce((sum, { length }) => sum + length, 0);
    const words = atMost(edit.insert, Math.max(0, room));
    const asTyped = words === value.slice(edit.at, edit.at + typed);

    shown = value;
    shadow = asTyped ? asked.shadow : afterFieldChange(shadow, { ...edit, typed, kept: words.length }).shadow;
    // A CR that lost the LF behind it is shown as a line end again.
    stale ||= !asTyped || (holdsCr && asked.change.deletions.length > 0);
    const { deletions, insertAt } = asked.change;
    if (deletions.length > 0 || words !== '') {
      doc?.transact((transaction) => {
        ownTransactions.add(transaction);
        for (const { at, length } of deletions.toReversed()) text.delete(at, length);
        if (words !== '') text.insert(insertAt, words);
      }, origin);
    }
    if (words.length < edit.insert.length) onTooLong?.(edit.insert.slice(words.length));
    return true;
  }

  function refresh(): void {
    const typed = read();
    const changed = typed || stale;
    if (stale) show();
    if (changed) onWords?.(shown);
    while (waiting.length > 0) type(waiting.shift() ?? '');
  }

  /** As if the words had been typed at the caret. */
  function type(words: string): void {
    const { start, end } = selection();
    field.value = field.value.slice(0, start) + words + field.value.slice(end);
    parked = null;
    field.setSelectionRange(start + words.length, start + words.length, 'none');
    refresh();
  }

  function settle(): void {
    clearTimeout(settling);
    phase = 'idle';
    refresh();
  }

  function settleSoon(): void {
    clearTimeout(settling);
    phase = 'settling';
    settling = setTimeout(settle, 0);
  }

  function onCompositionStart(): void {
    clearTimeout(settling);
    // What an earlier composition left is whole by now; it is only not shown.
    read();
    phase = 'composing';
  }

  function onInput(event: FieldEvent): void {
    parked = null;
    if (phase === 'idle') refresh();
    // The browser itself says that nothing is being composed: its composition ended without a word about it.
    else if (phase === 'composing' && event.isComposing === false) read();
  }

  function onFocus(): void {
    if (parked !== null) select(parked);
  }

  function onText(event: Y.YTextEvent, transaction: Y.Transaction): void {
    if (ownTransactions.has(transaction)) return;
    shadow = afterTextChange(shadow, stepsOf(event));
    stale = true;
    if (phase !== 'idle') return;
    // Nothing may be written from inside an observer, so words that were not read yet wait for the next task.
    if (field.value !== shown) settleSoon();
    else {
      show();
      onWords?.(shown);
    }
  }

  const handlers = {
    compositionstart: onCompositionStart,
    compositionend: settleSoon,
    input: onInput,
    // Some Android keyboards end a composition by leaving, without a compositionend.
    blur: settle,
    focus: onFocus,
  };

  take(text.toString());
  if (field.value !== shown) {
    field.value = shown;
    select({ start: shown.length, end: shown.length, direction: 'none' });
  }
  text.observe(onText);
  for (const [name, handler] of Object.entries(handlers)) field.addEventListener(name, handler);

  return {
    insert(words) {
      const plain = asShown(words);
      if (phase === 'composing') {
        waiting.push(plain);
        return;
      }
      settle();
      type(plain);
    },
    flush: settle,
    words: () => field.value,
    destroy() {
      clearTimeout(settling);
      text.unobserve(onText);
      for (const [name, handler] of Object.entries(handlers)) field.removeEventListener(name, handler);
    },
  };
}

/** The beginning of the words, cut at a character's end. */
const atMost = (words: string, room: number): string =>
  words.length <= room ? words : words.slice(0, boundaryBefore(words, room));

function stepsOf(event: Y.YTextEvent): TextStep[] {
  return event.delta.flatMap((step): TextStep[] => {
    if (step.retain !== undefined) return [{ retain: step.retain }];
    if (step.delete !== undefined) return [{ delete: step.delete }];
    return [{ insert: typeof step.insert === 'string' ? step.insert.length : 1 }];
  });
}
