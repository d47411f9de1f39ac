import {
  emptyChain,
  encodeEntry,
  type Fact,
  millis,
  openTurns,
  SEATS,
  type Seat,
  type SessionId,
  sessionId,
} from '@mend/core';
import { shelf } from '@mend/exercises';
import { MESSAGE } from '@mend/protocol';
import {
  createChainWriter,
  createDirectory,
  type DocumentPeer,
  readFrame,
  type SessionActor,
} from '@mend/server/session';
import { createMemoryLogStore, type LogStore } from '@mend/server/store';
import * as Y from 'yjs';
import { type ManualClock, manualClock } from '../support/manual-clock.ts';
import { awarenessFrame, updateFrame } from '../support/raw-document.ts';
import { type FloorPlan, goOn } from './floor.ts';

/** One session of the real server in memory, without sockets, and what may be asked of it from outside. */
export interface Room {
  readonly id: SessionId;
  readonly store: LogStore;
  readonly clock: ManualClock;
  readonly actor: SessionActor;
  /** Who may write now, and where; null where nobody may. */
  floor(): { readonly seat: Seat; readonly turn: string } | null;
  /** Moves the floor as people would, by commands. */
  moveOn(plan: FloorPlan): Promise<void>;
  connect(seat: Seat): Connection;
  /** Until everything that was taken in is durable, and sent. */
  settle(): Promise<void>;
}

export type Outcome = 'frame' | 'taken' | 'resync' | 'refused' | 'heard' | 'asked';

/** A document connection of a seat, which does with bytes what the socket's own does. */
export interface Connection {
  readonly seat: Seat;
  /** Why it was closed; null while it is open. */
  ended(): string | null;
  /** Updates that came since the last time. */
  received(): Uint8Array[];
  /** Hands a frame in; says what became of it. */
  send(bytes: Uint8Array): Outcome;
  close(): void;
}

const id = sessionId('f'.repeat(26));

export async function openRoom(): Promise<Room> {
  const clock = manualClock();
  const store = createMemoryLogStore();
  await arrive(store, clock.now());
  const directory = createDirectory({ store, clock, shelf, onLost: () => {} });
  const found = await directory.open(id);
  if (!found.ok) throw new Error(`the session cannot be opened: ${found.error}`);
  const actor = found.value;
  let floor: { seat: Seat; turn: string } | null = null;

  function connect(seat: Seat): Connection {
    let why: string | null = null;
    let updates: Uint8Array[] = [];
    const peer: DocumentPeer = {
      seat,
      send(bytes) {
        // A look at the first number saves reading who is here, a million times.
        const frame = bytes[0] === MESSAGE.sync ? readFrame(bytes) : null;
        if (frame?.is === 'update') updates.push(frame.update);
      },
      deny: (_closeCode, code) => {
        why = code;
      },
      close: (_closeCode, reason) => {
        why = reason;
      },
    };
    actor.attachDocument(peer);
    return {
      seat,
      ended: () => why,
      received: () => {
        const all = updates;
        updates = [];
        return all;
      },
      close: () => actor.detachDocument(peer),
      send(bytes) {
        const frame = readFrame(bytes);
        if (frame === null) {
          actor.detachDocument(peer);
          why = 'not-protocol';
          return 'frame';
        }
        switch (frame.is) {
          case 'update':
            return actor.update(peer, frame.update);
          case 'awareness':
            actor.awareness(peer, frame.entries);
            return 'heard';
          case 'step1':
            actor.step1(peer, frame.vector);
            return 'asked';
          case 'query-awareness':
            actor.queryAwareness(peer);
            return 'asked';
        }
      },
    };
  }

  const room: Room = {
    id,
    store,
    clock,
    actor,
    floor: () => floor,
    connect,
    async moveOn(plan) {
      await goOn(actor, clock, plan);
      const [open] = openTurns(actor.session);
      if (open?.seat !== plan.seat) throw new Error('somebody else has the floor');
      floor = plan.isOver ? null : { seat: open.seat, turn: open.id };
    },
    async settle() {
      if (!(await actor.durable())) throw new Error('the log was lost');
    },
  };
  for (const seat of ['partnerA', 'partnerB'] as const) {
    await accepted(actor, 'counsellor', { type: 'lobby.admit', seat });
    await accepted(actor, seat, { type: 'lobby.ready', ready: true });
  }
  return room;
}

async function accepted(actor: SessionActor, seat: Seat, command: object): Promise<void> {
  const ack = await actor.command(seat, command);
  if (!ack.ok) throw new Error(`refused: ${ack.error.code}`);
}

/** A session in which every seat is taken. */
async function arrive(store: LogStore, at: number): Promise<void> {
  const invites = { partnerA: 'a', partnerB: 'b', counsellor: 'c' };
  const facts: Fact[] = [
    { type: 'session-created', withCounsellor: true, invites, until: at },
    ...SEATS.map((seat): Fact => ({ type: 'seat-joined', seat, name: seat, tokenHash: seat })),
  ];
  const entries = facts.map((fact) => ({
    at: millis(at),
    kind: 'event' as const,
    body: encodeEntry({ kind: 'event', fact, command: null }),
  }));
  await store.create(id, at);
  await store.append({ session: id, expect: 0, entries: createChainWriter(emptyChain(id))(entries) });
}

/** A stock document of somebody honest on a connection of its own. */
export interface Phone {
  readonly doc: Y.Doc;
  readonly connection: Connection;
  /** Takes in what has come. */
  read(): void;
  /** Writes one edit and sends it; what became of it. */
  write(turn: string, edit: (text: Y.Text) => void): Outcome | null;
}

export function phoneIn(room: Room, seat: Seat, clientId: number, from: Y.Doc): Phone {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
  doc.clientID = clientId;
  const connection = room.connect(seat);
  connection.send(awarenessFrame([clientId, 0, {}]));
  let sent: Uint8Array | null = null;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') sent = update;
  });
  return {
    doc,
    connection,
    read() {
      for (const update of connection.received()) Y.applyUpdate(doc, update, 'server');
    },
    write(turn, edit) {
      sent = null;
      const text = doc.getText(`turn:${turn}`);
      doc.transact(() => edit(text));
      return sent === null ? null : connection.send(updateFrame(sent));
    },
  };
}
