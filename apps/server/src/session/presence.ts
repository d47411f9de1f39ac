import type { Millis } from '@mend/core';
import { type AwarenessEntry, awarenessFrame, type Present } from './frames.ts';
import type { DocumentPeer } from './peers.ts';

/**
 * Who is connected, as the others may see it: made here from the seats, never from what a client says. A connection
 * speaks for its own clientID alone; what it says of others is dropped, since stock clients echo what they receive.
 */
export interface Presence {
  /** What to send to the others, if it is news for them. */
  heard(
    peer: DocumentPeer,
    clientId: number,
    entry: AwarenessEntry,
    name: string,
    at: Millis,
  ): Uint8Array | null;
  /** Whether this entry is one of ours that comes back, rather than a client that speaks of itself. */
  isEcho(entry: AwarenessEntry): boolean;
  /** The clientID goes on from another connection; nobody needs to see it go and come. */
  moved(clientId: number, to: DocumentPeer): void;
  left(peer: DocumentPeer): Uint8Array | null;
  everybody(): Uint8Array;
}

interface Known {
  readonly peer: DocumentPeer;
  readonly present: Present;
  readonly toldAt: Millis;
}

/** Whoever comes and goes must not fill the memory; clocks rise with time in any case. */
const MOST_CLOCKS = 1_000;
/** Clients forget whoever has not been heard of for thirty seconds; saying it oftener is no news. */
const NEWS_MS = 5_000;
/** 2026: clocks count seconds from here, so that they rise over a restart too, and stay below 2^31 for long. */
const EPOCH = Date.UTC(2026, 0);
/** What a client shows counts up to here: nobody may bring the clocks to where the next one is no clock any more. */
const HIGHEST_SHOWN = 2 ** 30;

export function createPresence(): Presence {
  const known = new Map<number, Known>();
  /** A client drops whatever has no higher clock than it last heard, also of somebody who was gone in between. */
  const clocks = new Map<number, number>();

  function nextClock(clientId: number, atLeast: number): number {
    const clock = Math.max(atLeast, (clocks.get(clientId) ?? 0) + 1);
    // The last one heard of is the last one in the list.
    clocks.delete(clientId);
    clocks.set(clientId, clock);
    if (clocks.size > MOST_CLOCKS) clocks.delete(clocks.keys().next().value ?? clientId);
    return clock;
  }

  return {
    heard(peer, clientId, own, name, at) {
      const before = known.get(clientId);
      if (!own.here && !before) return null;
      if (own.here && before && at >= before.toldAt && at - before.toldAt < NEWS_MS) return null;
      const user = own.here ? { seat: peer.seat, name } : null;
      const shown = Math.min(own.clock, HIGHEST_SHOWN);
      const clock = nextClock(clientId, Math.max(shown, Math.floor((at - EPOCH) / 1_000)));
      const present: Present = { clientId, clock, user };
      if (own.here) known.set(clientId, { peer, present, toldAt: at });
      else known.delete(clientId);
      return awarenessFrame([present]);
    },
    isEcho: ({ clientId, clock }) => known.get(clientId)?.present.clock === clock,
    moved(clientId, to) {
      const one = known.get(clientId);
      if (one) known.set(clientId, { ...one, peer: to });
    },
    left(peer) {
      const gone = [...known].filter(([, one]) => one.peer === peer).map(([, one]) => one.present);
      if (gone.length === 0) return null;
      for (const { clientId } of gone) known.delete(clientId);
      return awarenessFrame(
        gone.map(({ clientId, clock }) => ({ clientId, clock: nextClock(clientId, clock + 1), user: null })),
      );
    },
    everybody: () => awarenessFrame([...known.values()].map((one) => one.present)),
  };
}
