import { type Entry, type Millis, readStored, type SessionId } from '@mend/core';
import type { AppendRequest, StoredEntry } from '@mend/server/store';
import { emptyFloor, type Floor, floorAfter, penTaken, writableIn } from './floor-model.ts';

/** Holds what the server lets in, and what it turns away, to the model of the floor, at the moment it does so. */
export interface Judge {
  /** The server has decided on these, and asks to write them. */
  asked(request: AppendRequest): void;
  /** The server has turned this connection away. */
  denied(seat: string, clientId: number, reason: string, at: Millis): void;
  /** What was decided and is not in the log never was: the model goes back to what is. */
  lost(history: readonly StoredEntry[]): void;
}

export function createJudge(id: SessionId, broken: (what: string) => void): Judge {
  let floor = emptyFloor;
  let written = { floor, upTo: 0 };

  function follow(now: Floor, entry: Entry): Floor {
    if (entry.kind === 'event') return floorAfter(now, entry.fact, entry.at);
    return entry.kind === 'update' ? penTaken(now, entry.turn, entry.clientId) : now;
  }

  return {
    asked({ expect, entries }) {
      for (const [index, stored] of entries.entries()) {
        const entry = readStored({ ...stored, seq: expect + index + 1 });
        if (entry.kind === 'update' && writableIn(floor, entry.seat, entry.clientId, entry.at) !== entry.turn)
          broken(
            `entry ${entry.seq} of ${id}: words of ${entry.seat} were let in that the model does not let in`,
          );
        floor = follow(floor, entry);
      }
    },
    denied(seat, clientId, reason, at) {
      if (reason.startsWith('not-your-turn') && writableIn(floor, seat, clientId, at) !== null)
        broken(`${seat} was told that it is not its turn, and the model says that it is`);
    },
    lost(history) {
      for (const stored of history) {
        if (stored.seq <= written.upTo) continue;
        written = { floor: follow(written.floor, readStored(stored)), upTo: stored.seq };
      }
      floor = written.floor;
    },
  };
}
