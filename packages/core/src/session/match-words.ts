import type { SessionId } from '../ids.ts';

/** Quiet, short, easily told apart, and without a second meaning. */
const FIRST =
  `amber apple autumn barley basil birch blue bread bright calm candle cedar chalk clear clover cotton
copper coral early evening fern field garden gentle ginger golden green hazel honey ivory kettle lantern lemon
linen little maple marble meadow mellow mint morning moss olive open paper pebble plain plum quiet river round
saffron silver slow small soft summer sunny velvet violet walnut warm willow winter woollen`.split(/\s+/);
const SECOND =
  `anchor arch basket bay beach bell bench boat bowl bridge brook button cabin chair cliff cloud coat
coast cup desk door drum farm fence ferry flute forest gate harbour hat hedge hill house island jar kitchen ladder
lake lamp leaf library mill mountain oar orchard path pier pillow pond porch quilt roof sail shell shore shelf
spoon stair stone street table tower tree valley window`.split(/\s+/);

/**
 * Two words that are the same on every phone of one room. They keep nothing secret: they let two people notice that
 * they sit in different rooms, or with somebody else.
 */
export function matchWords(session: SessionId): readonly [string, string] {
  let hash = 0x811c9dc5;
  for (const char of session) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return [FIRST[hash % FIRST.length] ?? '', SECOND[(hash >>> 12) % SECOND.length] ?? ''];
}
