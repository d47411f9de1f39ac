/** Fatal UTF-8, by the very decoder that Yjs will use on the same bytes: no two readers can disagree on the words. */

import { decodeUtf8 as decodeOrThrow } from 'lib0/string';

/** @returns the text, a byte order mark included, or null where the bytes are not well-formed UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decodeOrThrow(bytes);
  } catch {
    return null;
  }
}
