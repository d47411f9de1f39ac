/** The own turn's text field, bound to the document for as long as both are there. */

import type { DocumentClient } from './document-client.ts';
import type { Drafts } from './drafts.ts';
import { editBetween } from './graphemes.ts';
import type { PageSignals } from './page-signals.ts';
import { bindText, type TextField } from './text-binding.ts';
import { mirrorUnsent } from './unsent-mirror.ts';
import type { UnsentWords } from './unsent-words.ts';

export interface LockableField extends TextField {
  readOnly: boolean;
}

export interface WritingDesk {
  /** Puts words at the caret. */
  insert(words: string): void;
  /** Puts what the field shows into the document, half-composed words included. */
  flush(): void;
  /** Locks the field at once, what it shows going into the document first; or lets it be written in. */
  allow(writing: boolean): void;
  /** Leaves the field. */
  close(): void;
}

export interface OpenDesk {
  readonly client: DocumentClient;
  readonly drafts: Drafts;
  readonly unsent: UnsentWords;
  readonly turn: string;
  readonly field: LockableField;
  readonly page?: PageSignals;
  /** Whether words that are written now can still be taken. */
  readonly mayArrive: () => boolean;
  readonly onWords: (words: string) => void;
}

/** Open it once what an earlier page left unsent was put back. It closes by itself when its document is given up. */
export function openDesk(options: OpenDesk): WritingDesk {
  const { client, drafts, unsent, turn, field, page, mayArrive, onWords } = options;
  let open = true;
  field.readOnly = true;

  const binding = bindText({
    textarea: field,
    text: client.textOf(turn),
    origin: 'own-field',
    onWords,
    onTooLong: (cut) => drafts.save({ turn, words: cut, whole: cut }),
  });
  const mirror = mirrorUnsent({
    client,
    unsent,
    turn,
    words: binding.words,
    ...(page ? { page } : {}),
  });
  field.addEventListener('input', mirror.touch);
  const stopLeaving = client.beforeLeaving(() => leave(true));
  onWords(binding.words());

  /** Where nothing can be taken any more, words that the document does not have are the writer's own again. */
  function release(writes: boolean): void {
    if (writes) {
      binding.flush();
      return;
    }
    const words = binding.words();
    const edit = editBetween(client.textOf(turn).toString(), words);
    if (edit !== null) drafts.save({ turn, words: edit.insert, whole: words });
  }

  /** What the document has and the server perhaps not: if it is refused it becomes a draft, also after a reload. */
  function keepUnsaved(): void {
    unsent.saved();
    if (client.isSaved()) return;
    unsent.keep({ turn, whole: client.textOf(turn).toString(), base: '' });
    unsent.flush();
  }

  function leave(writes: boolean): void {
    if (!open) return;
    open = false;
    release(writes);
    field.readOnly = true;
    field.removeEventListener('input', mirror.touch);
    if (writes) mirror.touch();
    mirror.stop();
    if (!writes) keepUnsaved();
    stopLeaving();
    binding.destroy();
  }

  return {
    insert(words) {
      if (open && !field.readOnly) binding.insert(words);
    },
    flush() {
      if (open) binding.flush();
    },
    allow(writing) {
      if (!open || field.readOnly === !writing) return;
      if (!writing) release(mayArrive());
      field.readOnly = !writing;
    },
    close: () => leave(mayArrive()),
  };
}
