/** What was said for the moment only: it stays on the screen for a while, and is kept nowhere. */

import type { NoticeMessage } from '@mend/protocol';
import { createListeners } from './listeners.ts';

export interface PassingNotice {
  /** Counts them, so that the same sign given twice is two. */
  readonly number: number;
  readonly notice: NoticeMessage;
}

export interface PassingNotices {
  /** Those that are shown now, oldest first, one of a kind. The same array until something changes. */
  list(): readonly PassingNotice[];
  add(notice: NoticeMessage): void;
  /** Signs belong to the moment in which they were given. */
  clearSigns(): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

/** Milliseconds: a sign is seen after finishing a sentence; a line has to be read first. */
const STAYS = { signal: 15_000, line: 60_000 } as const;
const MOST = 2;

export function createPassingNotices(): PassingNotices {
  const listeners = createListeners();
  let shown: readonly PassingNotice[] = [];
  let count = 0;

  function become(next: readonly PassingNotice[]): void {
    if (next.length === shown.length && next.every((one, index) => one === shown[index])) return;
    shown = next;
    listeners.tell();
  }

  return {
    list: () => shown,
    add(notice) {
      count += 1;
      const added: PassingNotice = { number: count, notice };
      become([...shown.filter((one) => !sameKind(one.notice, notice)), added].slice(-MOST));
      setTimeout(() => become(shown.filter((one) => one !== added)), STAYS[notice.type]);
    },
    clearSigns: () => become(shown.filter(({ notice }) => notice.type !== 'signal')),
    clear: () => become([]),
    subscribe: listeners.add,
  };
}

const sameKind = (one: NoticeMessage, other: NoticeMessage): boolean =>
  one.type === 'signal' && other.type === 'signal' && one.kind === other.kind && one.from === other.from;
