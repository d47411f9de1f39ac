import { SEATS, type Seat } from '@mend/core';
import * as Y from 'yjs';
import { awarenessFrame } from '../support/raw-document.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import type { FloorPlan } from './floor.ts';
import { sceneryOf, WORDS } from './forge.ts';
import { createFrameSource, type FrameSource } from './frames.ts';
import { type Connection, type Outcome, openRoom, type Phone, phoneIn, type Room } from './room.ts';
import { createSlowness } from './slowness.ts';
import { createWitness, type Move, type Witness } from './witness.ts';

/** What a run came to, so that a suite can tell that it was not idle. */
export interface Tally {
  /** How many frames had each outcome, and how many connections were closed for each reason. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly ended: ReadonlyMap<string, number>;
  /** Honest words that were taken in while the frames came. */
  readonly honest: number;
  /** Calls that took longer than the event loop may stand still. */
  readonly slow: number;
}

/** How many frames come between two looks at the log. */
const BATCH = 150;
/** How many batches see one floor. */
const BATCHES = 8;
/** How many floors see one session. */
const FLOORS = 10;
/** The frames that one session takes. */
export const ROUND = BATCH * BATCHES * FLOORS;

/** One session under fire, all of it drawn from the seed. Throws at the first promise that is broken. */
export async function fuzz(seed: number, floors = FLOORS): Promise<Tally> {
  const random = seededRandom(seed);
  const room = await openRoom();
  const witness = createWitness(room);
  const source = createFrameSource(random);
  const reader = phoneIn(room, 'counsellor', 4_000_000_001, witness.doc);
  const attackers = [...SEATS, ...SEATS].map((seat) => attacker(room, seat, random));
  const outcomes = new Map<string, number>();
  const ended = new Map<string, number>();
  const slowness = createSlowness();
  let honest = 0;
  await room.settle();
  await witness.read([]);

  for (let floor = 0; floor < floors; floor++) {
    await room.moveOn(planOf(random));
    await room.settle();
    await witness.read([]);
    // In every other turn its holder is honest, and nobody else may change a thing.
    const open = room.floor();
    const phone =
      open && random.chance(0.5) ? phoneIn(room, open.seat, random.int(2 ** 32), witness.doc) : null;
    const hostile = attackers.filter(({ seat }) => !phone || seat !== open?.seat);
    for (let batch = 0; batch < BATCHES; batch++) await oneBatch(open, phone, hostile);
    phone?.connection.close();
    phone?.doc.destroy();
  }
  sameAsServer(room, witness);
  witness.prove();
  return { outcomes, ended, honest, slow: slowness.count() };

  async function oneBatch(
    open: ReturnType<Room['floor']>,
    phone: Phone | null,
    hostile: readonly Attacker[],
  ): Promise<void> {
    const moved: Move[] = [];
    const holders = hostile.filter(({ seat }) => seat === open?.seat).slice(0, 1);
    // The pen, as far as it may be had: without it nothing that they send gets far.
    for (const { seat, clientId } of holders)
      await room.actor.command(seat, { type: 'turn.here', clientId: clientId() });
    look(witness, source, [...holders, random.pick(hostile)], hostile, random);
    slowness.begin();
    for (let count = 0; count < BATCH; count++) {
      // Who holds the floor gets furthest, so that one is heard most.
      const from = holders.length > 0 && random.chance(0.6) ? random.pick(holders) : random.pick(hostile);
      const bytes = source.next(from.clientId());
      const connection = from.connection();
      const head = room.actor.session.head;
      const outcome = slowness.watch(() => connection.send(bytes));
      note(outcomes, outcome);
      if (connection.ended() !== null) note(ended, connection.ended() ?? '');
      const reached = room.actor.session.head;
      if (reached === head) continue;
      const mayWrite = outcome === 'taken' && !phone && from.seat === open?.seat;
      moved.push({ after: head, to: reached, seat: from.seat, turn: mayWrite ? open.turn : null, bytes });
    }
    if (phone && open) {
      const after = room.actor.session.head;
      const outcome = typed(phone, open.turn, random);
      const to = room.actor.session.head;
      if (outcome !== 'taken' || to !== after + 1)
        throw new Error(
          `honest words were not taken in: ${outcome} ${phone.connection.ended()} ${to - after}`,
        );
      moved.push({ after, to, seat: open.seat, turn: open.turn, bytes: null });
      honest += 1;
    }
    await room.settle();
    await witness.read(moved);
    reader.read();
    if (reader.connection.ended() !== null) throw new Error('the reader was closed');
    for (const turn of witness.turns) {
      const shown = reader.doc.getText(`turn:${turn}`).toString();
      if (shown !== witness.textOf(turn)) throw new Error(`the reader sees another ${turn}`);
    }
    if (phone && open && phone.doc.getText(`turn:${open.turn}`).toString() !== witness.textOf(open.turn))
      throw new Error('the honest writer has another text');
  }
}

const note = (tally: Map<string, number>, what: string): void =>
  void tally.set(what, (tally.get(what) ?? 0) + 1);

function planOf(random: SeededRandom): FloorPlan {
  const over = random.pick(['nothing', 'nothing', 'nothing', 'hold', 'pause', 'closing'] as const);
  const isOver = (over === 'hold' || over === 'pause') && random.chance(0.5);
  return { seat: random.pick(SEATS), over, isOver };
}

function look(
  witness: Witness,
  source: FrameSource,
  writing: readonly Attacker[],
  hostile: readonly Attacker[],
  random: SeededRandom,
): void {
  const clients = [...witness.owners.keys(), ...hostile.map((one) => one.clientId())];
  const scenery = sceneryOf(witness.doc, witness.turns, clients);
  source.look(scenery, [...writing.map((one) => one.clientId()), random.pick(clients)]);
}

/** One honest edit; what became of it. */
function typed(phone: Phone, turn: string, random: SeededRandom): Outcome | null {
  phone.read();
  if (phone.connection.ended() !== null) throw new Error('the honest writer was closed');
  return phone.write(turn, (text) => {
    if (text.length > 200) text.delete(random.int(100), 50);
    text.insert(text.length, `word ${random.pick(WORDS.slice(0, 6))}`);
  });
}

interface Attacker {
  readonly seat: Seat;
  clientId(): number;
  /** Its connection: a new one where the last was closed, under the same name or a new one. */
  connection(): Connection;
}

function attacker(room: Room, seat: Seat, random: SeededRandom): Attacker {
  let clientId = random.int(2 ** 32);
  let name = clientId;
  // Its name is shown first, or somebody else's frames would take it. At times it goes by the name of another.
  const open = (): Connection => {
    const opened = room.connect(seat);
    const others = [...room.actor.session.owners.keys()];
    name = others.length > 0 && random.chance(0.05) ? random.pick(others) : clientId;
    if (random.chance(0.9)) opened.send(awarenessFrame([name, 0, {}]));
    return opened;
  };
  let connection = open();
  return {
    seat,
    clientId: () => name,
    connection() {
      if (connection.ended() === null && !random.chance(0.002)) return connection;
      if (connection.ended() === null) connection.close();
      if (random.chance(0.01)) clientId = random.int(2 ** 32);
      connection = open();
      return connection;
    },
  };
}

/** Whoever comes anew is given exactly what the log holds, with nothing pending in it. */
function sameAsServer(room: Room, witness: Witness): void {
  const fresh = room.connect('counsellor');
  fresh.received();
  fresh.send(Uint8Array.of(0, 0, 1, 0));
  const doc = new Y.Doc();
  for (const update of fresh.received()) Y.applyUpdate(doc, update);
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the server has something pending');
  for (const turn of witness.turns)
    if (doc.getText(`turn:${turn}`).toString() !== witness.textOf(turn))
      throw new Error(`the server has another ${turn}`);
  fresh.close();
}
