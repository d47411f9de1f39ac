import { decode, LIMITS, type Seat } from '@mend/core';

/**
 * The clientID that a connection shows by its first update: the one that nobody has, or that of its own seat. Null
 * where it shows neither: known words of others that are sent again change nothing, and claim nothing.
 */
export function clientIdShownBy(
  update: Uint8Array,
  owners: ReadonlyMap<number, { readonly seat: Seat }>,
  seat: Seat,
): number | null {
  const read = decode(update, LIMITS);
  if (!read.ok) return null;
  const shown = read.value.sections.map((section) => section.client);
  return (
    shown.find((client) => !owners.has(client)) ??
    shown.find((client) => owners.get(client)?.seat === seat) ??
    null
  );
}
