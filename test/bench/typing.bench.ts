import { median, table } from './support/numbers.ts';
import { closeRooms, openRooms } from './support/rooms.ts';
import { startTarget, type TargetName } from './support/target.ts';
import { type Typed, typing } from './support/typing.ts';

/**
 * Keystroke to partner, and what it costs: rooms of three (writer, reader, observer; in ours each with both channels
 * open), beside a bare relay of the same bytes and what Yjs offers as a server, in turn, in the same run.
 */

const ROUNDS = 3;
const SECONDS = 4;
const LOADS = [
  { sessions: 1, rate: 10 },
  { sessions: 100, rate: 500 },
  { sessions: 1_000, rate: 1_000 },
  { sessions: 1_000, rate: 5_000 },
] as const;
const TARGETS: readonly TargetName[] = ['relay', 'y-websocket', 'mend'];
const LATE_MS = 100;

export async function latency(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const { sessions, rate } of LOADS) {
    const found = new Map<TargetName, Typed[]>(TARGETS.map((name) => [name, []]));
    for (const name of TARGETS) {
      const target = await startTarget(name);
      const rooms = await openRooms(name, target, sessions);
      const run = typing(rooms);
      for (let round = 0; round < ROUNDS; round++) found.get(name)?.push(await run(target, rate, SECONDS));
      await closeRooms(rooms);
      await target.stop();
    }
    for (const [name, runs] of found) {
      const of = (what: keyof Typed) => median(runs.map((run) => run[what]));
      rows.push([name, sessions, rate, of('p50'), of('p99'), of('cpu'), of('rate'), of('missing')]);
    }
  }
  console.log('\nKeystroke to partner (ms) and CPU of the server for each update (us), medians of', ROUNDS);
  console.log(table(['server', 'sessions', 'asked/s', 'p50', 'p99', 'CPU us', 'done/s', 'missing'], rows));
}

/** Up, a step at a time, until it is late or cannot keep up. */
export async function highest(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const name of TARGETS) {
    const target = await startTarget(name);
    const rooms = await openRooms(name, target, 1_000);
    const run = typing(rooms);
    let best: Typed | null = null;
    for (let rate = 6_000; rate <= 40_000; rate += 2_000) {
      const typed = await run(target, rate, 2);
      if (typed.p99 >= LATE_MS || typed.missing > 0 || typed.rate < rate * 0.9) break;
      best = typed;
    }
    rows.push([name, best?.rate ?? 'below 6000', best?.p50 ?? '-', best?.p99 ?? '-', best?.cpu ?? '-']);
    await closeRooms(rooms);
    await target.stop();
  }
  console.log(`\nHighest rate over 1,000 sessions with p99 under ${LATE_MS} ms`);
  console.log(table(['server', 'updates/s', 'p50', 'p99', 'CPU us'], rows));
}
