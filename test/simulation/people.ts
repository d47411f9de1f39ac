import type { Device } from './device.ts';
import { type Composition, compose, markOf, paste, recompose, remove, typeWord } from './edits.ts';
import type { Said } from './said.ts';
import { nextStep, type Spoken, somethingToSay } from './talk.ts';
import type { World } from './world.ts';

/** What people do with their phones, and what is remembered of it to be held against the log. */
export interface People {
  readonly said: readonly Said[];
  /** Words that somebody has deleted since: whether they are left is not known. */
  readonly erased: ReadonlySet<string>;
  /** Somebody who may write does so; where nobody may, they do what is asked of them. */
  edit(what: 'type' | 'paste' | 'compose' | 'remove'): void;
  /** Somebody whose screen has been tampered with, or who has missed that the turn is over. */
  typeAnywhere(device: Device): void;
  /** A connection is lost, and perhaps the network for a while. */
  cut(device: Device): void;
  say(device: Device, command?: Spoken): void;
}

export function createPeople(world: World): People {
  const { random, devices } = world;
  const said: Said[] = [];
  const erased = new Set<string>();
  const composing = new Map<Device, Composition>();
  let marks = 0;
  const nextMark = () => markOf(++marks);

  function say(device: Device, command: Spoken = somethingToSay(device, random)): void {
    const hex = (said.length + 1).toString(16).padStart(12, '0');
    // A stock client of somebody else's making may give no ids.
    const withId = random.chance(0.1) ? command : { ...command, id: `00000000-0000-4000-8000-${hex}` };
    const one: Said = { seat: device.seat, command: withId, heard: 0, answers: [], acks: [] };
    said.push(one);
    device.say(one);
  }

  function goOnComposing(device: Device, turn: string): void {
    const open = `⟦${device.doc.clientID}⟧`;
    const composition = composing.get(device);
    if (composition?.turn !== turn || composition.clientId !== device.doc.clientID) {
      composing.set(device, compose(device, turn, open, random));
      return;
    }
    const goesOn = random.chance(0.6);
    recompose(device, composition, open, goesOn ? null : random.chance(0.8) ? nextMark() : '', random);
    if (!goesOn) composing.delete(device);
  }

  return {
    said,
    erased,
    say,
    edit(what) {
      const able = devices.filter((device) => writableBy(device) !== null);
      const device = random.pick(able.length > 0 ? able : devices);
      const turn = writableBy(device);
      if (!turn) {
        const next = random.chance(0.3) ? nextStep(device, random) : null;
        if (next) say(device, next);
        return;
      }
      if (what === 'type') typeWord(device, turn, nextMark(), random);
      if (what === 'paste') paste(device, turn, nextMark(), random);
      if (what === 'remove') for (const mark of remove(device, turn, random)) erased.add(mark);
      if (what === 'compose') goOnComposing(device, turn);
    },
    typeAnywhere(device) {
      const turn = device.view?.turns.at(-1)?.id;
      if (turn) typeWord(device, turn, nextMark(), random);
      else device.showItself(100 + random.int(world.lastClientId - 99));
    },
    cut(device) {
      const which = random.int(3);
      if (which !== 1) device.cutDocument(random.int(6));
      if (which !== 0) device.cutControl(random.int(4));
      device.offline = random.chance(0.5) ? 0 : random.int(25);
    },
  };
}

/** Where this device may write, as far as it knows; with a network or without. */
function writableBy({ view, seat, doc, synced }: Device): string | null {
  if (!synced || view?.floor.status !== 'held' || view.floor.holder !== seat) return null;
  return view.floor.pen === null || view.floor.pen === doc.clientID ? view.floor.turn : null;
}
