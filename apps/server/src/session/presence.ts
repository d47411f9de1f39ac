import type { Seat } from '@mend/core';
import { type AwarenessEntry, awarenessFrame, type Present } from './frames.ts';
import type { DocumentPeer } from './peers.ts';

/**
 * Who is connected, as the others may see it: made here from the seats, never from what a client says. A connection
 * speaks for its own clientID alone; what it says of others is dropped, since stock clients echo what they receive.
 */
export interface Presence {
  /** What to send to the others, if anything changed for them. */
  heard(peer: DocumentPeer, clientId: number, entries: readonly AwarenessEntry[], name: string): Uint8Array | null;
  left(peer: DocumentPeer): Uint8Array | null;
  everybody(): Uint8Array;
}

interface Known {
  readonly peer: DocumentPeer;
  readonly present: Present;
}

export function createPresence(): Presence {
  const known = new Map<number, Known>();

  return {
    heard(peer, clientId, entries, name) {
      const own = entries.find((entry) => entry.clientId === clientId);
      if (!own) return null;
      const before = known.get(clientId)?.present;
      // A first entry with clock 0 is dropped by y-protocols, and a clock that does not rise is no news.
      const clock = Math.max(own.clock, 1, (before?.clock ?? 0) + 1);
      const present: Present = { clientId, clock, user: own.here ? userOf(peer.seat, name) : null };
      if (!own.here && !before) return null;
      known.set(clientId, { peer, present });
      if (!own.here) known.delete(clientId);
      return awarenessFrame([present]);
    },
    left(peer) {
      const gone = [...known].filter(([, one]) => one.peer === peer).map(([, one]) => one.present);
      if (gone.length === 0) return null;
      for (const { clientId } of gone) known.delete(clientId);
      return awarenessFrame(gone.map((one) => ({ ...one, clock: one.clock + 1, user: null })));
    },
    everybody: () => awarenessFrame([...known.values()].map((one) => one.present)),
  };
}

const userOf = (seat: Seat, name: string) => ({ seat, name });
