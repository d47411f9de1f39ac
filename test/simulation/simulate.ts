import { emptyChain, encodeEntry, type Fact, millis, type Seat, sessionId, verify } from '@mend/core';
import { shelf } from '@mend/exercises';
import {
  type Clock,
  createChainWriter,
  createDirectory,
  type SessionActor,
  sha256,
} from '@mend/server/session';
import { manualClock } from '../support/manual-clock.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { Device, type Word } from './device.ts';
import { flakyStore } from './flaky-store.ts';
import { createWitness } from './witness.ts';

/** What a run saw, so that a suite can tell that its runs were not idle. */
export interface Tally {
  readonly admitted: number;
  readonly refusals: number;
  readonly turns: number;
  readonly crashes: number;
  /** The same for the same seed: a hash-like line of what the log became. */
  readonly trace: string;
}

const id = sessionId('a'.repeat(26));
const settle = () => new Promise<void>((done) => setImmediate(done));

/** One random life of a session: people, phones, a network, a disk and a clock, all drawn from the seed. */
export async function simulate(seed: number, operations: number): Promise<Tally> {
  const random = seededRandom(seed);
  const clock = manualClock();
  const store = flakyStore();
  const start = clock.now();
  const witness = createWitness(id, start);
  const withCounsellor = random.chance(0.3);
  await store.create(id, start);
  await arrive(store, withCounsellor, start);

  let boot = startUp();
  let crashes = 0;
  let clientIds = 100;
  let wordCount = 0;
  const nextClientId = () => ++clientIds;
  const devices = devicesOf(random, withCounsellor, nextClientId);

  function startUp() {
    let alive = true;
    const own: Clock = { now: clock.now, after: (ms, call) => clock.after(ms, () => alive && call()) };
    const directory = createDirectory({ store, clock: own, shelf, onLost: () => {} });
    return {
      directory,
      end() {
        alive = false;
      },
    };
  }

  async function actor(): Promise<SessionActor> {
    const found = await boot.directory.open(id);
    if (!found.ok) throw new Error(`the session cannot be opened: ${found.error}`);
    return found.value;
  }

  async function commit(): Promise<void> {
    store.commit();
    await settle();
    witness.read(store.history);
  }

  async function crash(): Promise<void> {
    crashes += 1;
    boot.end();
    for (const device of devices) device.forget();
    store.crash(random.int(store.waiting + 1));
    await settle();
    witness.read(store.history);
    boot = startUp();
  }

  function type(device: Device, dishonest: boolean): void {
    const turn = dishonest ? device.view?.turns.at(-1)?.id : writableIn(device);
    if (!turn) return;
    const text = device.doc.getText(`turn:${turn}`);
    device.type(
      turn,
      `«${++wordCount}»${random.pick(['', ' ', '👩‍👩‍👧', 'é', '\n', 'ش'])}`,
      random.chance(0.8) ? text.length : 0,
    );
  }

  function shownIsDurable(): void {
    for (const device of devices) {
      const own = new Set(device.typed.map((word) => plain(word)));
      for (const turn of device.view?.turns ?? []) {
        for (const [word] of device.doc.getText(`turn:${turn.id}`).toString().matchAll(/«\d+»/g)) {
          if (!own.has(word) && !witness.words.has(word))
            throw new Error(`${device.name} shows ${word}, which is not durable`);
        }
      }
    }
  }

  async function step(): Promise<void> {
    const device = random.pick(devices);
    const what = random.int(100);
    if (what < 26) type(device, false);
    else if (what < 28) type(device, true);
    else if (what < 33) eraseOne(device, random);
    else if (what < 46) device.deliverToServer(1 + random.int(4), random.chance(0.1));
    else if (what < 59) device.deliverToDevice(1 + random.int(4));
    else if (what < 74) await commit();
    else if (what < 76) store.refuse();
    else if (what < 77) await crash();
    else if (what < 78) device.disconnect();
    else if (what < 82) clock.advance(random.pick([1, 50, 399, 500, 1_999, 2_001, 60_000]));
    else if (what < 90) await exchange();
    else device.say(command(device, random));
    await settle();
    if (!device.connected && random.chance(0.5)) device.connect(await actor());
    await settle();
    shownIsDurable();
  }

  for (const device of devices) device.connect(await actor());
  // Most lives begin in the middle: the lobby alone would take up all their operations.
  if (random.chance(0.8)) await warmUp();
  for (let count = 0; count < operations; count++) await step();
  await heal();
  verdict();
  return {
    admitted: witness.words.size,
    refusals: devices.reduce((sum, device) => sum + device.refusals, 0),
    turns: witness.session().turns.length,
    crashes,
    trace: `${witness.session().head} ${witness
      .session()
      .turns.map((turn) => witness.textOf(turn.id))
      .join('|')}`,
  };

  /** A good moment: what is on its way arrives, and is written. */
  async function exchange(): Promise<void> {
    for (const device of devices) {
      device.deliverToServer(1_000, false);
      device.deliverToDevice(1_000);
    }
    await commit();
  }

  /** Everybody does what is asked of them until somebody has the floor. */
  async function warmUp(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      for (const device of devices) {
        if (device.view?.floor.status !== 'held')
          device.say(command(device, { ...random, chance: () => true }));
        await settle();
        await exchange();
      }
    }
  }

  /** The faults stop: everybody is connected, and everything that is on its way arrives. */
  async function heal(): Promise<void> {
    for (let round = 0; round < 200; round++) {
      for (const device of devices) {
        if (!device.connected) device.connect(await actor());
        device.deliverToServer(1_000, false);
        device.deliverToDevice(1_000);
      }
      await commit();
      await settle();
      if (round > 4 && devices.every((device) => device.connected && device.pendingFrames === 0)) return;
    }
    throw new Error('it does not come to rest');
  }

  /** From the stored log alone, and from all that it ever held. */
  function proven(): void {
    const head = store.history.at(-1)?.seq ?? 0;
    const history = verify(id, store.history, { sha256, head });
    if (!history.ok) throw new Error(`the history breaks at ${history.error.seq}: ${history.error.code}`);
    const { link } = history.value;
    const kept = verify(id, store.entries(id), { sha256, head, link, anchor: { seq: head, link } });
    if (!kept.ok) throw new Error(`the log breaks at ${kept.error.seq}: ${kept.error.code}`);
  }

  function verdict(): void {
    proven();
    const session = witness.session();
    const reread = createWitness(id, start);
    reread.read(store.entries(id));
    for (const turn of session.turns) {
      if (reread.textOf(turn.id) !== witness.textOf(turn.id))
        throw new Error(`the store reads ${turn.id} otherwise`);
    }
    for (const turn of session.turns) {
      const text = witness.textOf(turn.id);
      for (const device of devices) {
        const shown = device.doc.getText(`turn:${turn.id}`).toString();
        if (session.phase.is !== 'erased' && shown !== text)
          throw new Error(`${device.name} shows ${turn.id} otherwise than the log`);
      }
    }
    const everything = session.turns.map((turn) => witness.textOf(turn.id)).join('');
    for (const device of devices) {
      if (device.doc.store.pendingStructs) throw new Error(`${device.name} has something pending`);
      for (const word of device.typed) judge(device, word, everything.split(plain(word)).length - 1);
    }
  }

  function judge(device: Device, word: Word, times: number): void {
    const safe = word.clock <= (device.saved.get(word.clientId) ?? 0);
    if (times > 1) throw new Error(`${word.text} is there ${times} times`);
    if (word.deleted || witness.session().phase.is === 'erased') return;
    if (safe && times !== 1) throw new Error(`${word.text} was called safe and is not there`);
    if (!safe && times === 0 && !device.drafts.has(word.text)) throw new Error(`${word.text} is lost`);
  }
}

/** The mark alone, without what was typed along with it. */
const plain = (word: Word): string => /«\d+»/.exec(word.text)?.[0] ?? word.text;

/** Where this device may write, as far as it knows. */
function writableIn({ view, seat, doc }: Device): string | null {
  if (view?.floor.status !== 'held' || view.floor.holder !== seat) return null;
  return view.floor.pen === null || view.floor.pen === doc.clientID ? view.floor.turn : null;
}

function eraseOne(device: Device, random: SeededRandom): void {
  const turn = writableIn(device);
  const own = device.typed.filter(
    (word) => word.turn === turn && word.clientId === device.doc.clientID && !word.deleted,
  );
  if (own.length > 0) device.erase(random.pick(own));
}

/** Something this seat could say now, mostly what carries the session on; at times what it may not. */
function command(device: Device, random: SeededRandom): object {
  const { view } = device;
  const may = view?.may ?? [];
  if (may.includes('turn.done') && random.chance(0.6)) {
    return { type: 'turn.done', stateVector: device.stateVector(), turn: view?.floor.turn };
  }
  if (view?.moment?.waitingFor.some((seat) => seat === device.seat)) {
    const { choices } = view.moment;
    const choice = random.chance(0.8) ? choices[0] : random.pick(choices);
    return { type: 'moment.answer', choice: choice?.id, moment: view.moment.id };
  }
  if (may.includes('lobby.admit'))
    return { type: 'lobby.admit', seat: random.pick(['partnerA', 'partnerB']) };
  if (view?.phase === 'lobby') return { type: 'lobby.ready', ready: true };
  if (may.includes('pause.end')) return { type: 'pause.end' };
  if (may.includes('moderate.resume') && random.chance(0.7)) return { type: 'moderate.resume' };
  if (may.includes('exercise.start')) {
    return { type: 'exercise.start', exercise: 'take-turns', first: random.pick(['partnerA', 'partnerB']) };
  }
  return random.pick<object>([
    { type: 'turn.here', clientId: device.doc.clientID },
    { type: 'turn.done', stateVector: device.stateVector() },
    { type: 'turn.ask', ask: random.chance(0.5) },
    { type: 'signal', kind: 'with-you' },
    { type: 'pause.start', minutes: 20 },
    { type: 'moderate.hold' },
    { type: 'moderate.speak' },
    { type: 'moderate.skip' },
    { type: 'moderate.give', seat: random.pick(['partnerA', 'partnerB', 'counsellor']) },
    { type: 'consent.save', keep: true },
    random.chance(0.1) ? { type: 'session.close' } : { type: 'turn.ask', ask: true },
  ]);
}

function devicesOf(
  random: SeededRandom,
  withCounsellor: boolean,
  nextClientId: () => number,
): readonly Device[] {
  const seats: [Seat, string][] = [
    ['partnerA', "A's phone"],
    ['partnerB', "B's phone"],
  ];
  if (withCounsellor) seats.push(['counsellor', "the counsellor's laptop"]);
  if (random.chance(0.3)) seats.push(['partnerA', "A's second device"]);
  if (random.chance(0.2)) seats.push(['partnerB', "B's second tab"]);
  return seats.map(([seat, name]) => new Device(seat, name, nextClientId));
}

/** A session in which every seat is taken. */
async function arrive(
  store: ReturnType<typeof flakyStore>,
  withCounsellor: boolean,
  at: number,
): Promise<void> {
  const seats: Seat[] = withCounsellor ? ['partnerA', 'partnerB', 'counsellor'] : ['partnerA', 'partnerB'];
  const invites = { partnerA: 'a', partnerB: 'b', ...(withCounsellor ? { counsellor: 'c' } : {}) };
  const facts: Fact[] = [
    { type: 'session-created', withCounsellor, invites, until: at },
    ...seats.map((seat): Fact => ({ type: 'seat-joined', seat, name: seat, tokenHash: seat })),
  ];
  const entries = facts.map((fact) => ({
    at: millis(at),
    kind: 'event' as const,
    body: encodeEntry({ kind: 'event', fact, command: null }),
  }));
  const appended = store.append({
    session: id,
    expect: 0,
    entries: createChainWriter(emptyChain(id))(entries),
  });
  store.commit();
  await appended;
}
