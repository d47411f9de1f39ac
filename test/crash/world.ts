import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Look, lookInto } from '@mend/server/keys';
import { type Person, until } from '../support/person.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type Kill, sentenceOf } from './kill-point.ts';
import { type Successor, successor } from './killed-server.ts';
import { beginLife, type Life, PATIENCE_MS } from './life.ts';

/** What people saw in a world, so that a suite can tell that it was not idle. */
export interface WorldTally {
  readonly shown: number;
  readonly saved: number;
  readonly acknowledged: number;
}

export const NOBODY: WorldTally = { shown: 0, saved: 0, acknowledged: 0 };
export const together = (one: WorldTally, other: WorldTally): WorldTally => ({
  shown: one.shown + other.shown,
  saved: one.saved + other.saved,
  acknowledged: one.acknowledged + other.acknowledged,
});

const LIVES = 2;
const FILE = 'mend.db';

/**
 * One store, two couples, and a server that is killed again and again. After each kill, before anybody can say
 * anything again, the store alone is held against what people have seen; then the next server takes it over, and they
 * come back by themselves.
 */
export async function liveThrough(kills: readonly Kill[], seed: number): Promise<WorldTally> {
  const folder = mkdtempSync(join(tmpdir(), 'mend-crash-'));
  const store = join(folder, 'store');
  const file = join(store, FILE);
  const port = await freePort();
  const lives: Life[] = [];
  const servers: Successor[] = [];
  const another = (): Successor => {
    const server = successor(join(folder, 'compiled'));
    servers.push(server);
    return server;
  };
  let words = 0;
  let where = 'at the beginning';
  try {
    let server = another();
    await server.start(file, port);
    for (let i = 0; i < LIVES; i++) {
      const random = seededRandom(seed * LIVES + i);
      lives.push(await beginLife(`http://127.0.0.1:${port}`, random, () => ++words));
    }
    for (const [index, kill] of kills.entries()) {
      where = `kill ${index + 1} of ${kills.length}, ${sentenceOf(kill)}`;
      if (kill.from === 'everybody back' || index === 0) {
        await Promise.race([server.killed, back(lives)]);
        server.arm(kill);
      }
      const next = another();
      await overOrStuck(server.killed, lives);
      await gone(lives);
      examine(store, (look) => lives.flatMap(({ witness }) => witness.faults(look)));
      server = next;
      const following = kills[index + 1];
      await server.start(file, port, following?.from === 'start' ? following : undefined);
    }
    where = 'at the end';
    await Promise.all(lives.map((life) => life.end()));
    await server.kill();
    await gone(lives);
    examine(store, (look) => lives.flatMap(({ witness }) => witness.faultsAtTheEnd(look)));
    return lives.map(({ witness }) => witness.counts).reduce(together, NOBODY);
  } catch (cause) {
    throw new Error(`seed ${seed}, ${where}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  } finally {
    for (const life of lives) life.leave();
    await Promise.all(servers.map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The store as the next server would find it; a copy, since whoever opens it also recovers it. */
function examine(store: string, find: (look: Look) => readonly string[]): void {
  const copy = `${store}-copy`;
  cpSync(store, copy, { recursive: true });
  const look = lookInto(join(copy, FILE));
  if (!look.ok) throw new Error(look.error.sentence);
  const faults = find(look.value);
  look.value.close();
  rmSync(copy, { recursive: true });
  if (faults.length > 0) throw new Error(faults.slice(0, 8).join('; '));
}

/** Rejects where the lives cannot go on, or the server never comes to the point. */
async function overOrStuck(killed: Promise<void>, lives: readonly Life[]): Promise<void> {
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('it never came to that')), 2 * PATIENCE_MS);
  try {
    await Promise.race([killed, overdue, ...lives.map(({ lived }) => lived)]);
  } finally {
    clearTimeout(timer);
  }
}

const back = (lives: readonly Life[]): Promise<void> =>
  until(
    () => peopleOf(lives).every(({ socket, provider }) => socket.connected && provider.synced),
    'everybody is back',
    PATIENCE_MS,
  );

/** What was on its way has arrived, and everybody knows that the server is gone. */
const gone = (lives: readonly Life[]): Promise<void> =>
  until(
    () => peopleOf(lives).every(({ socket, provider }) => !socket.connected && !provider.wsconnected),
    'everybody has noticed',
    PATIENCE_MS,
  );

const peopleOf = (lives: readonly Life[]): readonly Person[] => lives.flatMap(({ people }) => people);

/**
 * Below the numbers that systems give to outgoing connections: those who knock at a server that is down must not be
 * given its number, and connect to themselves.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((answer) => {
      probe.once('error', () => answer(false));
      probe.listen(port, '127.0.0.1', () => answer(true));
    });
    await new Promise((closed) => probe.close(closed));
    if (isFree) return port;
  }
}
