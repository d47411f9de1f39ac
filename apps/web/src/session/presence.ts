/** Who else is connected, as the server's awareness entries say. */

import * as z from 'zod/mini';

export const present = z.object({
  seat: z.enum(['partnerA', 'partnerB', 'counsellor']),
  name: z.string(),
});
export type Present = Readonly<z.infer<typeof present>>;

const entry = z.object({ user: present });

/** One a seat, in the order of the seats; a seat with two devices is there once. */
export function presentSeats(states: ReadonlyMap<number, unknown>, ownClientId: number): readonly Present[] {
  const bySeat = new Map<string, Present>();
  for (const [clientId, state] of states) {
    const read = entry.safeParse(state);
    if (clientId !== ownClientId && read.success) bySeat.set(read.data.user.seat, read.data.user);
  }
  return present.shape.seat.options.flatMap((seat) => bySeat.get(seat) ?? []);
}

export const samePresence = (one: readonly Present[], other: readonly Present[]): boolean =>
  one.length === other.length &&
  one.every(({ seat, name }, index) => other[index]?.seat === seat && other[index]?.name === name);
