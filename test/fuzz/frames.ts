import { MESSAGE, SYNC } from '@mend/protocol';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { awarenessFrame, queryFrame, step1Frame, updateFrame } from '../support/raw-document.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import { damaged } from './damage.ts';
import { editsOf } from './editing.ts';
import { altered, forgedUpdate, type Scenery } from './forge.ts';
import { takeApart } from './raw-update.ts';

/** Frames of every kind, honest and not, out of what was seen so far. */
export interface FrameSource {
  /** Looks at the session anew. */
  look(scenery: Scenery, clientIds: readonly number[]): void;
  /** The next frame of a connection that goes by this clientID. */
  next(own: number): Uint8Array;
}

interface Remembered {
  readonly clientId: number;
  readonly update: Uint8Array;
}

const REMEMBERED = 120;
const STATES: readonly unknown[] = [
  null,
  {},
  { user: { seat: 'counsellor', name: 'Forged' } },
  { __proto__: null, html: '<b>' },
  'x',
  [[[]]],
  7,
];
const CLOCKS = [0, 1, 900, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1];

export function createFrameSource(random: SeededRandom): FrameSource {
  /** What stock clients would send, and under which name: material for replays and for damage. */
  const seen: Remembered[] = [{ clientId: 0, update: Uint8Array.of(0, 0) }];
  let scenery: Scenery | null = null;
  let oldest = 0;

  function remember(one: Remembered): void {
    if (seen.length < REMEMBERED) seen.push(one);
    else seen[oldest++ % REMEMBERED] = one;
  }

  /** More often one's own than another's, which is refused for its name before it is looked at closely. */
  function recalled(own: number): Uint8Array {
    let one = random.pick(seen);
    for (let tries = 0; one.clientId !== own && tries < 12; tries++) one = random.pick(seen);
    return one.update;
  }

  function update(own: number, at: Scenery): Uint8Array {
    const what = random.int(10);
    if (what < 1) return recalled(own);
    if (what < 4) return damaged(recalled(own), random, recalled(own));
    if (what < 6) {
      const apart = takeApart(recalled(own));
      if (apart) return altered(apart, at, own, random);
    }
    const forged = forgedUpdate(at, own, random);
    return random.chance(0.15) ? damaged(forged, random, recalled(own)) : forged;
  }

  function awareness(own: number, at: Scenery): Uint8Array {
    const entries = Array.from({ length: random.int(4) }, (): [number, number, unknown] => [
      random.chance(0.5) ? own : random.pick([...at.clients, 1, 2 ** 53 - 1]),
      random.pick(CLOCKS),
      random.pick(STATES),
    ]);
    return awarenessFrame(...entries);
  }

  function vector(at: Scenery): Uint8Array {
    if (random.chance(0.3)) return Y.encodeStateVector(at.doc);
    const clocks = new Map(at.clients.slice(0, random.int(5)).map((client) => [client, random.pick(CLOCKS)]));
    return Y.encodeStateVector(clocks);
  }

  const noise = () =>
    Uint8Array.from({ length: random.int(40) }, (_, at) => (at === 0 ? random.int(5) : random.int(256)));

  return {
    look(next, clientIds) {
      scenery = next;
      for (const clientId of clientIds)
        for (const update of editsOf(next, clientId, random)) remember({ clientId, update });
    },
    next(own) {
      if (!scenery) throw new Error('nothing was looked at yet');
      const what = random.int(100);
      if (what < 80) {
        const inner = update(own, scenery);
        const frame = random.chance(0.3) ? step2Frame(inner) : updateFrame(inner);
        return random.chance(0.08) ? damaged(frame, random, frame) : frame;
      }
      if (what < 88) return maybeDamaged(awareness(own, scenery), random);
      if (what < 93) return maybeDamaged(step1Frame(vector(scenery)), random);
      return what < 95 ? maybeDamaged(queryFrame, random) : noise();
    },
  };
}

const maybeDamaged = (bytes: Uint8Array, random: SeededRandom): Uint8Array =>
  random.chance(0.4) ? damaged(bytes, random, bytes) : bytes;

/** What answers a question of the server: the same as an update, under another number. */
const step2Frame = (update: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, SYNC.step2);
    encoding.writeVarUint8Array(encoder, update);
  });
