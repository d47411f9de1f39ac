import { emptyChain, encodeEntry, type Fact, millis, type Seat, type SessionId } from '@mend/core';
import { createChainWriter } from '@mend/server/session';
import { hashOf, tokenFor } from '@mend/server/transport';
import type { SeededRandom } from '../support/seeded-random.ts';
import { Device, type Surroundings } from './device.ts';
import type { FlakyStore } from './flaky-store.ts';

const tokenOf = (id: SessionId, seat: Seat): string => tokenFor(id, 'invitation', seat);

/** Two to five phones: the counsellor's, and a second one of either partner, are not always there. */
export function devicesOf(
  random: SeededRandom,
  withCounsellor: boolean,
  around: Surroundings,
): readonly Device[] {
  const seats: [Seat, string][] = [
    ['partnerA', "A's phone"],
    ['partnerB', "B's phone"],
  ];
  if (withCounsellor) seats.push(['counsellor', "the counsellor's laptop"]);
  if (random.chance(0.3)) seats.push(['partnerA', "A's second device"]);
  if (random.chance(0.2)) seats.push(['partnerB', "B's second tab"]);
  return seats.map(([seat, name]) => new Device(seat, name, tokenOf(around.session, seat), around));
}

/** A session in which every seat is taken. */
export async function arrive(
  store: FlakyStore,
  id: SessionId,
  withCounsellor: boolean,
  at: number,
): Promise<void> {
  await store.create(id, at);
  const seats: Seat[] = withCounsellor ? ['partnerA', 'partnerB', 'counsellor'] : ['partnerA', 'partnerB'];
  const invites = { partnerA: 'a', partnerB: 'b', ...(withCounsellor ? { counsellor: 'c' } : {}) };
  const facts: Fact[] = [
    { type: 'session-created', withCounsellor, invites, until: at },
    ...seats.map(
      (seat): Fact => ({
        type: 'seat-joined',
        seat,
        name: seat,
        tokenHash: hashOf(tokenOf(id, seat)),
      }),
    ),
  ];
  const entries = facts.map((fact) => ({
    at: millis(at),
    kind: 'event' as const,
    body: encodeEntry({ kind: 'event', fact, command: null }),
  }));
  const appended = store.append({
    session: id,
    expect: 0,
    entries: createChainWriter(emptyChain(id))(entries),
  });
  store.commit(1);
  await appended;
}
