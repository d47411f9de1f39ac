import type { SeededRandom } from '../support/seeded-random.ts';
import type { Device } from './device.ts';
import { marksIn } from './edits.ts';
import { createPeople, type People } from './people.ts';
import { nextStep } from './talk.ts';
import { verdictOn } from './verdict.ts';
import { createWorld, settle, type World } from './world.ts';

/** What a run saw, so that a suite can tell that its runs were not idle. */
export interface Tally {
  readonly admitted: number;
  readonly refusals: number;
  readonly turns: number;
  readonly crashes: number;
  readonly acknowledged: number;
  /** The same for the same seed: what the log became, and what everybody was told. */
  readonly trace: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One random life of a session: people, phones, a network, a disk and a clock, all drawn from the seed. */
export async function simulate(seed: number, operations: number): Promise<Tally> {
  const world = await createWorld(seed);
  const people = createPeople(world);
  const look = watcher(world);
  for (const device of world.devices) await device.connect(world.server);
  // Most lives begin in the middle: the lobby alone would take up all their operations.
  if (world.random.chance(0.8)) await warmUp(world, people);
  let blindFor = 0;
  for (let count = 0; count < operations; count++) {
    const makesBlind = await operate(world, people);
    if (makesBlind) blindFor = 1 + world.random.int(5);
    world.store.blind = blindFor-- > 0;
    await settle();
    for (const device of world.devices) await comeBack(world, device);
    await settle();
    look();
    world.check();
  }
  await heal(world);
  world.check();
  await verdictOn(world, people);
  await leave(world);
  return tallyOf(world, people);
}

/** One thing happens to somebody. True where from now on the disk cannot be read for a while. */
async function operate(world: World, people: People): Promise<boolean> {
  const { random, clock } = world;
  const device = random.pick(world.devices);
  const what = random.int(100);
  if (what < 20) people.edit('type');
  else if (what < 22) people.typeAnywhere(device);
  else if (what < 27) people.edit('remove');
  else if (what < 32) people.edit('compose');
  else if (what < 34) people.edit('paste');
  else if (what < 45) somePipe(world)?.deliverUp(1 + random.int(4), random.chance(0.1));
  else if (what < 56) somePipe(world)?.deliverDown(1 + random.int(4));
  else if (what < 70) await world.commit();
  else if (what < 72) await world.refuse();
  else if (what < 73) await world.crash();
  else if (what < 76) people.cut(device);
  else if (what < 77) device.reload(random.int(6));
  else if (what < 78) clock.jump(random.pick([-DAY, -MINUTE, -1_500, 1_500, MINUTE, DAY + MINUTE]));
  else if (what < 82) clock.advance(random.pick([1, 50, 250, 399, 500, 1_999, 2_001, MINUTE]));
  else if (what < 83) return true;
  else if (what < 90) await world.exchange();
  else people.say(device);
  return false;
}

/** Any connection on which something is under way: an old one too, that its phone has long given up. */
function somePipe({ pipes, random }: World) {
  for (let at = pipes.length - 1; at >= 0; at--) if (pipes[at]?.isSpent) pipes.splice(at, 1);
  const moving = pipes.filter((pipe) => pipe.moving > 0);
  return moving.length === 0 ? null : random.pick(moving);
}

async function comeBack({ random, server }: World, device: Device): Promise<void> {
  if (device.offline > 0) device.offline -= 1;
  else if (!device.connected && random.chance(0.6)) await device.connect(server);
}

/** Looks at every screen that has changed: nothing that somebody else wrote is shown before it is durable. */
function watcher({ devices, witness, broken }: World): () => void {
  const seen = new Map<Device, number>();
  return () => {
    for (const device of devices) {
      if (!device.changed && seen.get(device) === device.typed.length) continue;
      device.changed = false;
      seen.set(device, device.typed.length);
      const own = new Set(device.typed.map(({ mark }) => mark));
      for (const turn of device.view?.turns ?? []) {
        for (const mark of marksIn(device.doc.getText(`turn:${turn.id}`).toString())) {
          if (!own.has(mark) && !witness.words.has(mark))
            broken(`${device.name} shows ${mark}, which is not durable`);
        }
      }
    }
  };
}

/** Everybody does what is asked of them until somebody has the floor. */
async function warmUp(world: World, people: People): Promise<void> {
  const willing: SeededRandom = { ...world.random, chance: () => true };
  for (let round = 0; round < 12; round++) {
    for (const device of world.devices) {
      if (!device.connected) await device.connect(world.server);
      const next = device.view?.floor.status === 'held' ? null : nextStep(device, willing);
      if (next) people.say(device, next);
      await settle();
      await world.exchange();
    }
  }
}

/** The faults stop: everybody is connected, and everything that is on its way arrives. */
async function heal(world: World): Promise<void> {
  const { store, clock, devices, pipes } = world;
  store.blind = false;
  world.calm();
  for (let round = 0; round < 200; round++) {
    for (const device of devices) if (!device.connected) await device.connect(world.server);
    await world.exchange();
    clock.advance(500);
    await settle();
    await catchUp(world);
    const isQuiet = store.waiting === 0 && pipes.every((pipe) => pipe.moving === 0);
    const isThere = devices.every((device) => device.connected && device.unanswered.size === 0);
    if (round > 8 && isQuiet && isThere) return;
  }
  throw new Error('it does not come to rest');
}

/** A clock that was set forward wakes nobody: what is due since then comes with the next thing that anybody does. */
async function catchUp({ id, server }: World): Promise<void> {
  const found = await server.directory.open(id);
  if (found.ok) found.value.catchUp();
}

/** When everybody has gone, nothing of them stays in the server's memory. */
async function leave({ devices, pipes, clock, server }: World): Promise<void> {
  for (const device of devices) {
    device.cutDocument(0);
    device.cutControl(0);
  }
  for (const pipe of pipes) pipe.deliverUp(0);
  for (let minutes = 0; minutes < 4; minutes++) {
    clock.advance(MINUTE);
    await settle();
  }
  if (server.directory.size() > 0) throw new Error('a session stays in memory that nobody is in');
}

function tallyOf({ witness, devices, crashes }: World, { said }: People): Tally {
  const { head, turns } = witness.session();
  return {
    admitted: witness.words.size,
    refusals: devices.reduce((sum, device) => sum + device.refusals, 0),
    turns: turns.length,
    crashes,
    acknowledged: said.filter(({ acks }) => acks.some(({ ok }) => ok)).length,
    trace: [
      head,
      ...turns.map((turn) => witness.textOf(turn.id)),
      JSON.stringify(said),
      ...devices.map(({ drafts, view }) => `${[...drafts].join()} ${JSON.stringify(view)}`),
    ].join('|'),
  };
}
