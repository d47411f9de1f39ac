import * as encoding from 'lib0/encoding';
import { room } from './room.ts';

/** Room for almost everything that is written; what is longer makes more for itself. */
const ROOM = 4_096;

let spare: encoding.Encoder | null = null;

/**
 * What is written, as bytes of their own. The same as lib0's `encode`, without memory for each call: most of what is
 * encoded is a keystroke, and is smaller than the room that lib0 would make for it.
 */
export function encoded(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = spare ?? fresh();
  // One that is written within this one has another room; one that throws leaves none to be used again.
  spare = null;
  write(encoder);
  if (encoder.bufs.length > 0) return encoding.toUint8Array(encoder);
  const bytes = room(encoder.cpos);
  bytes.set(encoder.cbuf.subarray(0, encoder.cpos));
  encoder.cpos = 0;
  spare = encoder;
  return bytes;
}

function fresh(): encoding.Encoder {
  const encoder = encoding.createEncoder();
  encoder.cbuf = new Uint8Array(ROOM);
  return encoder;
}
