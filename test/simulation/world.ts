import { type SessionId, sessionId } from '@mend/core';
import { manualClock } from '../support/manual-clock.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { arrive, devicesOf } from './cast.ts';
import { type Crashes, crashesOf } from './crashes.ts';
import type { Device, Surroundings } from './device.ts';
import { type FlakyStore, flakyStore } from './flaky-store.ts';
import { createJudge } from './judge.ts';
import { type JumpingClock, jumpingClock } from './jumping-clock.ts';
import { type ServerProcess, startProcess } from './server-process.ts';
import { createWitness, type Witness } from './witness.ts';

/** Everything around the people: the server, its disk, the network and time, and all that can befall them. */
export interface World {
  readonly id: SessionId;
  readonly start: number;
  readonly random: SeededRandom;
  readonly clock: JumpingClock;
  readonly store: FlakyStore;
  readonly witness: Witness;
  readonly devices: readonly Device[];
  readonly pipes: Surroundings['pipes'];
  /** The one that runs now. */
  readonly server: ServerProcess;
  readonly crashes: number;
  readonly lastClientId: number;
  /** Whether the disk has failed so that nobody knows what it has written. */
  readonly isUnsure: boolean;
  /** Something is as it must never be. */
  readonly broken: (what: string) => void;
  /** Throws what has been said to be broken by now. */
  check(): void;
  /** Lets through what waits for the disk; in some lives the process ends at a boundary that lies in between. */
  commit(): Promise<void>;
  crash(): Promise<void>;
  /** The disk takes nothing more now, and in some lives never again. */
  refuse(): Promise<void>;
  /** A good moment: what is on its way arrives, and is written. */
  exchange(): Promise<void>;
  /** No more crashes at boundaries. */
  calm(): void;
}

const id = sessionId('a'.repeat(26));

export const settle = () => new Promise<void>((done) => setImmediate(done));

export async function createWorld(seed: number): Promise<World> {
  const random = seededRandom(seed);
  const clock = jumpingClock(manualClock());
  const start = clock.now();
  const wrong: string[] = [];
  const broken = (what: string) => void wrong.push(what);
  const judge = createJudge(id, broken);
  const store = flakyStore(judge.asked);
  const witness = createWitness(id, start);
  const withCounsellor = random.chance(0.3);
  const limits = random.chance(0.5);
  const isFrail = random.chance(0.3);
  await arrive(store, id, withCounsellor, start);

  const pipes: Surroundings['pipes'] = [];
  let boundaries: Crashes | null = crashesOf(seed);
  let lastClientId = 100;
  let crashes = 0;
  let isUnsure = false;
  let server = startServer();
  const devices = devicesOf(random, withCounsellor, {
    session: id,
    nextClientId: () => ++lastClientId,
    pipes,
    frameWeight: random.chance(0.1) ? 100_000 : 1,
    denied: (seat, clientId, reason) => judge.denied(seat, clientId, reason, clock.now()),
    broken,
  });

  function startServer(): ServerProcess {
    const fault = (what: string, cause: unknown) =>
      broken(cause instanceof Error ? `${what}: ${cause.stack}` : what);
    return startProcess({ store, clock, limits, fault });
  }

  /** Until all that was let through is on the disk, answered and read. */
  async function written(): Promise<void> {
    do await settle();
    while (store.isWriting);
    witness.read(store.history);
  }

  async function commitSome(most: number): Promise<void> {
    store.commit(most);
    await written();
  }

  async function commit(): Promise<void> {
    const next = boundaries?.next(store.passed, store.waiting) ?? null;
    await commitSome(next ? next.before : store.waiting);
    if (next) await crash(next.written);
  }

  async function crash(survived: number): Promise<void> {
    crashes += 1;
    server.kill();
    store.crash(survived);
    await written();
    judge.lost(store.history);
    for (const pipe of pipes) pipe.crash(random.int(4));
    server = startServer();
  }

  /** Such a disk is not trusted again, so the server is started anew. */
  async function fail(): Promise<void> {
    isUnsure = true;
    store.fail(random.int(store.waiting + 1));
    await written();
    await crash(0);
  }

  async function beFull(): Promise<void> {
    // What goes through is answered before what is refused, as a store does that writes in order.
    await commitSome(random.int(store.waiting + 1));
    store.refuse();
    await written();
    judge.lost(store.history);
  }

  return {
    id,
    start,
    random,
    clock,
    store,
    witness,
    devices,
    pipes,
    get server() {
      return server;
    },
    get crashes() {
      return crashes;
    },
    get lastClientId() {
      return lastClientId;
    },
    get isUnsure() {
      return isUnsure;
    },
    broken,
    check() {
      if (wrong.length > 0) throw new Error(wrong.join('; '));
    },
    commit,
    crash: () => crash(random.int(store.waiting + 1)),
    refuse: () => (isFrail && random.chance(0.3) ? fail() : beFull()),
    async exchange() {
      for (const pipe of [...pipes]) {
        pipe.deliverUp(1_000);
        pipe.deliverDown(1_000);
      }
      await commit();
    },
    calm() {
      boundaries = null;
    },
  };
}
