/** Which words in a document some clients wrote, and from which clocks on: what is left of them after a refusal. */

import * as Y from 'yjs';

const TURN = 'turn:';

/** Clock by clientID: from where on, or up to where. */
export type Clocks = ReadonlyMap<number, number>;

/** Words that one client wrote in one go. */
export interface Piece {
  readonly client: number;
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

/** The words of these clients that stand in the turns' texts (deleted ones do not), each from its clock on. */
export function piecesSince(doc: Y.Doc, since: Clocks): readonly TurnPieces[] {
  return [...doc.share.keys()]
    .filter((root) => root.startsWith(TURN))
    .flatMap((root) => {
      const text = doc.getText(root);
      const pieces = piecesOf(text, since);
      return pieces.length === 0 ? [] : [{ turn: root.slice(TURN.length), whole: text.toString(), pieces }];
    });
}

/** The words of the pieces but for those that are known, each group that stood apart on a line of its own. */
export function wordsSince(pieces: readonly Piece[], known: Clocks): string {
  let words = '';
  let apart = false;
  for (const piece of pieces) {
    const rest = piece.words.slice(Math.max(0, (known.get(piece.client) ?? 0) - piece.clock));
    apart ||= piece.apart || rest.length < piece.words.length;
    if (rest === '') continue;
    words += words !== '' && apart ? `\n${rest}` : rest;
    apart = false;
  }
  return words;
}

function piecesOf(text: Y.Text, since: Clocks): readonly Piece[] {
  const pieces: Piece[] = [];
  let apart = false;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { id, content } = item;
    const from = since.get(id.client);
    const skipped = from === undefined ? content.str.length : Math.max(0, from - id.clock);
    const words = content.str.slice(skipped);
    if (skipped > 0) apart = true;
    if (words === '') continue;
    pieces.push({ client: id.client, clock: id.clock + skipped, words, apart });
    apart = false;
  }
  return pieces;
}
