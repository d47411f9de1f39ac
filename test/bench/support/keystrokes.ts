import * as Y from 'yjs';
import { updateFrame } from '../../support/raw-document.ts';

/** Every so many keystrokes take the letter before back, as people do. */
const CORRECTION = 12;

/** A typist: each call gives the frame of one more keystroke, as a stock client would send it. */
export function typist(text: string, clientId: number): () => Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  let frame: Uint8Array = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    frame = updateFrame(update);
  });
  const root = doc.getText(text);
  let count = 0;
  return () => {
    count += 1;
    if (count % CORRECTION === 0) root.delete(root.length - 1, 1);
    else root.insert(root.length, 'e');
    return frame;
  };
}
