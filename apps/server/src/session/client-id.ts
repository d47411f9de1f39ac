import { decode, LIMITS, type Seat } from '@mend/core';

/**
 * The clientID that a connection shows by its first update: the one whose words are new, or that of its own seat.
 * Null where the update shows none, as the answer of a mere reader does.
 */
export function clientIdShownBy(
  update: Uint8Array,
  owners: ReadonlyMap<number, { readonly seat: Seat }>,
  seat: Seat,
): number | null {
  const read = decode(update, LIMITS);
  if (!read.ok) return null;
  const shown = read.value.sections.map((section) => section.client);
  return shown.find((client) => !owners.has(client)) ?? shown.find((client) => owners.get(client)?.seat === seat) ?? shown[0] ?? null;
}
