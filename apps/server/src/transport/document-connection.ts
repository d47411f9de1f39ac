import { CLOSE, closeReason } from '@mend/protocol';
import type { Log } from '../log.ts';
import type { Admitted } from '../seats/admissions.ts';
import type { Clock } from '../session/clock.ts';
import { deniedFrame, readFrame } from '../session/frames.ts';
import type { DocumentPeer } from '../session/peers.ts';
import { type Bucket, createBucket, unlimited } from './bucket.ts';

/** What a connection to the document needs of the socket under it. */
export interface DocumentWire {
  readonly isOpen: boolean;
  send(frame: Uint8Array): void;
  /** How many bytes were sent and are still waiting for a reader. */
  buffered(): number;
  /** Says so to the other side, and does not wait for its answer for long. */
  close(code: number, reason: string): void;
}

/** What the socket tells of itself. */
export interface DocumentConnection {
  /** A frame that came in; null for one that is text. */
  received(frame: Uint8Array | null): void;
  gone(): void;
}

export interface DocumentConnections {
  /** Somebody came with this key; null where there is nothing more to hear of that socket. */
  open(wire: DocumentWire, admitted: Admitted | 'unavailable' | null): DocumentConnection | null;
}

export interface DocumentConnectionDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: boolean;
}

/** What may wait in a socket whose reader does not read, in bytes. */
const MOST_BUFFERED = 1024 * 1024;
/** How many documents one seat may have open at once. */
const MOST_SOCKETS = 6;

/** The document's connections, without their sockets: who may open one, and what each frame of it does. */
export function createDocumentConnections(deps: DocumentConnectionDeps): DocumentConnections {
  const perSeat = new Map<string, Set<DocumentWire>>();

  return {
    open(wire, admitted) {
      if (!admitted) {
        deny(wire, CLOSE['no-such-seat'], 'no-such-seat', 'There is no such seat.', deps);
        return null;
      }
      // Lost while we shook hands, or not to be read: the seat is there all the same, so they may come back.
      if (admitted === 'unavailable' || admitted.actor.over) {
        wire.close(CLOSE['come-back'], 'cannot-read');
        return null;
      }
      return serve(wire, admitted);
    },
  };

  function serve(wire: DocumentWire, { actor, seat }: Admitted): DocumentConnection {
    const key = `${actor.id} ${seat}`;
    const own = perSeat.get(key) ?? new Set();
    const [oldest] = own;
    // On a bad network the older ones are mostly dead already, and the newest is where the person is.
    if (deps.limits && oldest && own.size >= MOST_SOCKETS) {
      own.delete(oldest);
      deny(oldest, CLOSE['too-fast'], 'too-fast', 'Too many connections.', deps);
    }
    perSeat.set(key, own.add(wire));
    const peer = peerOf(wire, seat, deps);
    const door = createDoor(deps);
    guarded('a connection failed', () => actor.attachDocument(peer));
    return {
      received(frame) {
        // What comes after a refusal is ignored.
        if (wire.isOpen && !actor.over) guarded('a frame failed', () => receive(frame));
      },
      gone() {
        own.delete(wire);
        if (own.size === 0 && perSeat.get(key) === own) perSeat.delete(key);
        actor.detachDocument(peer);
      },
    };

    function guarded(what: string, work: () => void): void {
      try {
        work();
      } catch (cause) {
        deps.log.error(what, cause, { session: actor.id });
        actor.detachDocument(peer);
        wire.close(CLOSE['come-back'], 'fault');
      }
    }

    function receive(bytes: Uint8Array | null): void {
      const frame = bytes && readFrame(bytes);
      if (!frame) {
        turnAway(CLOSE['not-protocol'], 'not-protocol', 'This is not the protocol.');
        return;
      }
      if (!door.bytes.take(bytes.length) || !door.of[frame.is].take()) {
        turnAway(CLOSE['too-fast'], 'too-fast', 'That was a lot at once.');
        return;
      }
      switch (frame.is) {
        case 'step1':
          actor.step1(peer, frame.vector);
          return;
        case 'update':
          if (actor.update(peer, frame.update) === 'resync' && !door.resync.take()) {
            turnAway(CLOSE['too-fast'], 'too-fast', 'That was a lot at once.');
          }
          return;
        case 'awareness':
          // Stock clients echo what they hear, so one person's noise must not cost another the connection.
          if (door.heard.take()) actor.awareness(peer, frame.entries);
          return;
        case 'query-awareness':
          actor.queryAwareness(peer);
          return;
      }
    }

    function turnAway(closeCode: number, code: string, sentence: string): void {
      actor.detachDocument(peer);
      peer.deny(closeCode, code, sentence);
    }
  }
}

function peerOf(wire: DocumentWire, seat: DocumentPeer['seat'], deps: DocumentConnectionDeps): DocumentPeer {
  return {
    seat,
    send(frame) {
      if (!wire.isOpen) return;
      if (wire.buffered() > MOST_BUFFERED) wire.close(CLOSE['come-back'], 'read too slowly');
      else wire.send(frame);
    },
    deny: (closeCode, code, sentence) => deny(wire, closeCode, code, sentence, deps),
    close: (closeCode, reason) => wire.close(closeCode, reason),
  };
}

function deny(
  wire: DocumentWire,
  closeCode: number,
  code: string,
  sentence: string,
  { log }: DocumentConnectionDeps,
): void {
  const reason = closeReason(code, sentence);
  log.info('a document connection was refused', { code });
  if (wire.isOpen) wire.send(deniedFrame(reason));
  wire.close(closeCode, reason);
}

/** How much of each kind of frame one connection may send. A typist sends about ten updates a second. */
function createDoor({ limits, clock }: DocumentConnectionDeps) {
  const bucket = (size: number, perSecond: number): Bucket =>
    limits ? createBucket(size, perSecond, clock.now) : unlimited;
  return {
    // A valid update of many splits costs Yjs far more time than bytes, so bytes are held tight.
    bytes: bucket(1_500_000, 64_000),
    resync: bucket(20, 2),
    heard: bucket(60, 5),
    of: {
      step1: bucket(40, 4),
      update: bucket(600, 120),
      awareness: bucket(2_000, 200),
      'query-awareness': bucket(30, 2),
    },
  };
}
