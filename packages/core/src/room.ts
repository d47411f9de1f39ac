/** Up to this many bytes come out of a larger piece; more than that get memory of their own. */
const SMALL = 1_024;
const PIECE = 64 * 1_024;

let piece = new Uint8Array(PIECE);
let taken = 0;

/**
 * So many bytes, all zero, that nobody else has. A keystroke passes through half a dozen small arrays, and memory of
 * its own for each would cost more than what is done with it. Not for what is kept for long: that would keep the
 * whole piece.
 */
export function room(length: number): Uint8Array<ArrayBuffer> {
  if (length > SMALL) return new Uint8Array(length);
  if (taken + length > PIECE) {
    piece = new Uint8Array(PIECE);
    taken = 0;
  }
  const bytes = piece.subarray(taken, taken + length);
  taken += length;
  return bytes;
}
