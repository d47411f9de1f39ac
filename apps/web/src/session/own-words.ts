/** Which words in a document one client wrote, and from which clock on: what is left of them after a refusal. */

import * as Y from 'yjs';

const TURN = 'turn:';

/** Words that one client wrote in one go. */
export interface Piece {
  /** The client's clock at the first of the words; they are one clock a UTF-16 code unit. */
  readonly clock: number;
  readonly words: string;
  /** Whether other words stand between these and the piece before. */
  readonly apart: boolean;
}

export interface TurnPieces {
  readonly turn: string;
  /** The turn's whole text as this document has it. */
  readonly whole: string;
  readonly pieces: readonly Piece[];
}

/** The words of `clientId` that stand in the turns' texts (deleted ones do not), from `clock` on. */
export function piecesSince(doc: Y.Doc, clientId: number, clock: number): readonly TurnPieces[] {
  return [...doc.share.keys()]
    .filter((root) => root.startsWith(TURN))
    .flatMap((root) => {
      const text = doc.getText(root);
      const pieces = piecesOf(text, clientId, clock);
      return pieces.length === 0 ? [] : [{ turn: root.slice(TURN.length), whole: text.toString(), pieces }];
    });
}

/** The words of the pieces from `clock` on, each group that stood apart on a line of its own. */
export function wordsSince(pieces: readonly Piece[], clock: number): string {
  let words = '';
  let apart = false;
  for (const piece of pieces) {
    const rest = piece.words.slice(Math.max(0, clock - piece.clock));
    apart ||= piece.apart || rest.length < piece.words.length;
    if (rest === '') continue;
    words += words !== '' && apart ? `\n${rest}` : rest;
    apart = false;
  }
  return words;
}

function piecesOf(text: Y.Text, clientId: number, clock: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let apart = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { id, content } = item;
    const skipped = id.client === clientId ? Math.max(0, clock - id.clock) : content.str.length;
    const words = content.str.slice(skipped);
    if (skipped > 0) apart = true;
    if (words === '') continue;
    pieces.push({ clock: id.clock + skipped, words, apart });
    apart = false;
  }
  return pieces;
}
