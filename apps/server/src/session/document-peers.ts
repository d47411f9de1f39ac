import type { Seat, Session } from '@mend/core';
import type { DocumentPeer } from './peers.ts';

/** The document's connections of one session, and the clientID that each of them has shown. */
export interface DocumentPeers {
  readonly isEmpty: boolean;
  add(peer: DocumentPeer): void;
  has(peer: DocumentPeer): boolean;
  /** False where it was not there. */
  remove(peer: DocumentPeer): boolean;
  clear(): void;
  all(): Iterable<DocumentPeer>;
  /** The clientID that it has shown; null as long as it has shown none. */
  shown(peer: DocumentPeer): number | null;
  /** A clientID belongs to the first seat that showed it. */
  isOfAnother(seat: Seat, clientId: number): boolean;
  /** The connection shows this clientID from now on; answers those that had shown it until now. */
  claim(peer: DocumentPeer, clientId: number): readonly DocumentPeer[];
}

/** What nobody has written with is remembered for so many: whoever comes and goes must not fill the memory. */
const MOST_CLAIMS = 1_000;

export function createDocumentPeers(session: () => Session): DocumentPeers {
  const peers = new Map<DocumentPeer, number | null>();
  /** Which seat showed a clientID first, beside those that the log knows. */
  const claims = new Map<number, Seat>();
  return {
    get isEmpty() {
      return peers.size === 0;
    },
    add: (peer) => void peers.set(peer, null),
    has: (peer) => peers.has(peer),
    remove: (peer) => peers.delete(peer),
    clear: () => peers.clear(),
    all: () => peers.keys(),
    shown: (peer) => peers.get(peer) ?? null,
    isOfAnother(seat, clientId) {
      const owner = session().owners.get(clientId)?.seat ?? claims.get(clientId);
      return owner !== undefined && owner !== seat;
    },
    claim(peer, clientId) {
      const before = [...peers].filter(([, shown]) => shown === clientId).map(([other]) => other);
      claims.set(clientId, peer.seat);
      if (claims.size > MOST_CLAIMS) claims.delete(claims.keys().next().value ?? clientId);
      peers.set(peer, clientId);
      return before;
    },
  };
}
