import { floorHolder, SEATS, type Seat, type Session, type View } from '@mend/core';
import type { ControlPeer } from './peers.ts';

/** The command channels of a session, and what each of them has been shown. */
export interface Audience {
  readonly isEmpty: boolean;
  attach(peer: ControlPeer): void;
  detach(peer: ControlPeer): void;
  /** Sends each seat its view if something that it may see has changed since, and to nobody else. */
  publish(before: Session): void;
  /** Says something to every channel of these seats. */
  say(seats: readonly Seat[], tell: (peer: ControlPeer) => void): void;
  dropAll(): void;
}

export interface AudienceDeps {
  session(): Session;
  view(session: Session, seat: Seat): View;
  whenDurable(send: () => void): void;
}

interface Shown {
  readonly v: number;
  readonly pen: number | null;
}

export function createAudience(deps: AudienceDeps): Audience {
  /** Null until the first view is durable: whoever leaves before that must not come to be here. */
  const peers = new Map<ControlPeer, Shown | null>();

  function show(peer: ControlPeer, session: Session): void {
    const shown = { v: session.seen[peer.seat], pen: penOf(session, peer.seat) };
    peers.set(peer, shown);
    peer.view(deps.view(session, peer.seat));
  }

  return {
    get isEmpty() {
      return peers.size === 0;
    },
    attach(peer) {
      const session = deps.session();
      peers.set(peer, null);
      deps.whenDurable(() => {
        if (!peers.has(peer)) return;
        show(peer, session);
        for (const [clientId, owner] of session.owners) {
          if (owner.seat === peer.seat) peer.saved(clientId, owner.clock);
        }
      });
    },
    detach: (peer) => void peers.delete(peer),
    publish(before) {
      const now = deps.session();
      if (now.seen === before.seen && now.phase === before.phase) return;
      const changed = SEATS.filter(
        (seat) => now.seen[seat] !== before.seen[seat] || penOf(now, seat) !== penOf(before, seat),
      );
      if (changed.length === 0) return;
      deps.whenDurable(() => {
        for (const [peer, shown] of peers) if (shown && changed.includes(peer.seat)) show(peer, now);
      });
    },
    say(seats, tell) {
      deps.whenDurable(() => {
        for (const [peer, shown] of peers) if (shown && seats.includes(peer.seat)) tell(peer);
      });
    },
    dropAll: () => peers.clear(),
  };
}

/** Which connection of this seat holds the pen: the one thing in a view that a word can change. */
function penOf(session: Session, seat: Seat): number | null {
  const turn = floorHolder(session);
  return turn?.seat === seat ? turn.pen : null;
}
