/** A turn's words as they come in, through every document that this session has on this device. */

import type * as Y from 'yjs';
import type { DocumentClient } from './document-client.ts';

export interface TurnText {
  read(): string;
  subscribe(listener: () => void): () => void;
}

export function turnText(
  client: Pick<DocumentClient, 'textOf' | 'view' | 'subscribe'>,
  turn: string,
): TurnText {
  let last = '';
  return {
    read() {
      // A fresh document is empty until its first sync; what was read before stays to be read.
      const now = client.textOf(turn).toString();
      if (now !== '' || client.view().synced) last = now;
      return last;
    },
    subscribe(listener) {
      let generation = -1;
      let text: Y.Text | null = null;
      const follow = (): void => {
        const view = client.view();
        if (view.generation === generation) return;
        generation = view.generation;
        text?.unobserve(listener);
        text = client.textOf(turn);
        text.observe(listener);
        listener();
      };
      follow();
      const stop = client.subscribe(() => {
        follow();
        listener();
      });
      return () => {
        stop();
        text?.unobserve(listener);
      };
    },
  };
}
