import { readStored, type Seat, verify } from '@mend/core';
import { sha256 } from '@mend/server/session';
import type { StoredEntry } from '@mend/server/store';
import * as Y from 'yjs';
import type { Room } from './room.ts';

/** What one frame brought into the log, as it looked from outside. */
export interface Move {
  /** The log's last seq before the frame, and with it. */
  readonly after: number;
  readonly to: number;
  /** Whose connection it came from. */
  readonly seat: Seat;
  /** The turn it may have written in; null where it may not have written at all. */
  readonly turn: string | null;
  readonly bytes: Uint8Array | null;
}

/**
 * Reads the log as it becomes durable and holds it against what was seen from outside: each write is its sender's, in
 * its sender's turn, under a name of its own, in words alone, and changes nothing but that turn's text.
 */
export interface Witness {
  readonly doc: Y.Doc;
  readonly turns: readonly string[];
  readonly owners: ReadonlyMap<number, Seat>;
  /** Takes in what is new in the log; `moves` is what frames have brought into it since. */
  read(moves: readonly Move[]): Promise<void>;
  textOf(turn: string): string;
  /** Holds everything that was ever in the log against the laws that it proves by itself. */
  prove(): void;
}

const PAGE = 10_000;

export function createWitness(room: Room): Witness {
  const doc = new Y.Doc();
  const owners = new Map<number, Seat>();
  const turns: string[] = [];
  const history: StoredEntry[] = [];
  /** What was written in turns that are over. */
  const said = new Map<string, string>();
  let head = 0;

  const textOf = (turn: string): string => doc.getText(`turn:${turn}`).toString();

  function take(stored: StoredEntry, moves: readonly Move[]): void {
    const entry = readStored(stored);
    if (entry.kind === 'event' && entry.fact.type === 'turn-opened') turns.push(entry.fact.turn);
    if (entry.kind === 'event' && entry.fact.type === 'turn-closed')
      said.set(entry.fact.turn, textOf(entry.fact.turn));
    if (entry.kind !== 'update') return;
    const { seat, turn, clientId, bytes } = entry;
    const move = moves.find((one) => one.after < entry.seq && entry.seq <= one.to);
    if (move?.seat !== seat || move.turn !== turn)
      throw new Error(
        `entry ${entry.seq}: ${seat} wrote in ${turn} with ${hex(move?.bytes)} of ${move?.seat}`,
      );
    if ((owners.get(clientId) ?? seat) !== seat)
      throw new Error(`entry ${entry.seq}: under the name of ${owners.get(clientId)}`);
    owners.set(clientId, seat);
    if ([...Y.parseUpdateMeta(bytes).to.keys()].some((client) => client !== clientId))
      throw new Error(`entry ${entry.seq}: words of somebody else`);
    Y.applyUpdate(doc, bytes);
  }

  return {
    doc,
    turns,
    owners,
    textOf,
    async read(moves) {
      const page = await room.store.read(room.id, head + 1, PAGE);
      if (!page.ok) throw new Error('the log cannot be read');
      for (const stored of page.value) {
        take(stored, moves);
        history.push(stored);
        head = stored.seq;
      }
      const last = moves.at(-1);
      if (last && last.to > head) throw new Error('something that was taken in is not in the log');
      if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('something is pending');
      for (const [turn, words] of said)
        if (textOf(turn) !== words) throw new Error(`the closed ${turn} has changed`);
      const roots = new Set(turns.map((turn) => `turn:${turn}`));
      for (const root of doc.share.keys())
        if (!roots.has(root)) throw new Error(`a root of its own: ${root}`);
    },
    prove() {
      const proven = verify(room.id, history, { sha256, head });
      if (!proven.ok) throw new Error(`entry ${proven.error.seq} breaks the log: ${proven.error.code}`);
    },
  };
}

const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex');
