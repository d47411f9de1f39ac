import { type Fact, foundBehind, type Session } from '@mend/core';
import type { ControlPeer, DocumentPeer } from './peers.ts';

export interface BehindDeps {
  session(): Session;
  /** Whether this state vector is ahead of the document, the client's own words aside. */
  isAhead(vector: Uint8Array, clientId: number): boolean;
  commit(facts: readonly Fact[]): void;
}

/**
 * Hears from clients that they were shown more than the log holds. Nothing leaves before it is durable, so that is so
 * only where the log was put back to an earlier time; a client's own words may be ahead at any time. It can be claimed
 * untruly, and a log is behind from when it is read or not at all: so one claim is heard, and no second one.
 */
export interface BehindWatch {
  /** A client's state vector. It can be judged as soon as the connection's own clientID is known. */
  vector(peer: DocumentPeer, vector: Uint8Array, clientId: number | null): void;
  /** The connection has shown its clientID. */
  shown(peer: DocumentPeer, clientId: number): void;
  /** A client that may say which view it has seen. */
  control(peer: ControlPeer): void;
  left(peer: DocumentPeer): void;
}

export function createBehindWatch(deps: BehindDeps): BehindWatch {
  const vectors = new Map<DocumentPeer, Uint8Array>();
  let heard = false;

  function hear(): void {
    if (heard) return;
    heard = true;
    vectors.clear();
    const facts = foundBehind(deps.session());
    if (facts.length > 0) deps.commit(facts);
  }

  const judge = (vector: Uint8Array, clientId: number): void => {
    if (!heard && deps.isAhead(vector, clientId)) hear();
  };

  return {
    vector(peer, vector, clientId) {
      if (clientId !== null) judge(vector, clientId);
      else if (!heard) vectors.set(peer, vector);
    },
    shown(peer, clientId) {
      const vector = vectors.get(peer);
      if (!vector) return;
      vectors.delete(peer);
      judge(vector, clientId);
    },
    control(peer) {
      if ((peer.seen ?? 0) > deps.session().seen[peer.seat]) hear();
    },
    left: (peer) => void vectors.delete(peer),
  };
}
