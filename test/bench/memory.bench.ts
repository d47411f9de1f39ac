import { table } from './support/numbers.ts';
import { closeRooms, inTurn, openRooms, type Room } from './support/rooms.ts';
import { startTarget } from './support/target.ts';
import { typing } from './support/typing.ts';
import type { Used } from './targets/probe.ts';

/**
 * What a session takes in memory: one of three people with all their channels open and nothing happening, and one
 * that is loaded with what was written and nobody connected. After a garbage collection, less what the empty server
 * takes; `heap` counts JavaScript and buffers, `resident` what the system has given.
 */

const SESSIONS = 500;
/** In each session that is loaded, and how many a second in all. */
const LETTERS = 200;
const RATE = 4_000;
/** So many come first, so that what is there once and for all is there already. */
const WARM_UP = 20;
const KIB = 1024;

export async function memory(): Promise<void> {
  const rows: (readonly (string | number)[])[] = [];
  for (const name of ['relay', 'mend'] as const) {
    const target = await startTarget(name);
    await closeRooms(await openRooms(name, target, WARM_UP));
    const empty = await target.used('collected');
    const rooms = await openRooms(name, target, SESSIONS);
    const full = await target.used('collected');
    rows.push([name, 'idle, three people', ...each(empty, full, SESSIONS)]);
    await closeRooms(rooms);
    await target.stop();
  }
  rows.push(await loaded());
  console.log(`\nMemory of a session (KiB), of ${SESSIONS}`);
  console.log(table(['server', 'session', 'heap', 'resident'], rows));
}

/** Transcripts are asked for over HTTP: each session is read from the disk, and nobody connects. */
async function loaded(): Promise<readonly (string | number)[]> {
  const first = await startTarget('mend');
  const rooms = await openRooms('mend', first, SESSIONS);
  await typing(rooms)(first, RATE, (SESSIONS * LETTERS) / RATE - 1);
  await closeRooms(rooms);
  const target = await first.restart();
  const read = async (room: Room | undefined) => {
    const { sessionId = '', token = '' } = room?.people[0] ?? {};
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${target.origin}/api/sessions/${sessionId}/transcript`, { headers });
    await response.text();
    if (!response.ok) throw new Error(`no transcript: ${response.status}`);
  };
  await inTurn(WARM_UP, (index) => read(rooms[index]));
  const empty = await target.used('collected');
  await inTurn(SESSIONS - WARM_UP, (index) => read(rooms[WARM_UP + index]));
  const full = await target.used('collected');
  await target.stop();
  return ['mend', `loaded, ${LETTERS} letters`, ...each(empty, full, SESSIONS - WARM_UP)];
}

const each = (empty: Used, full: Used, count: number): [number, number] => [
  (full.heap - empty.heap) / count / KIB,
  (full.rss - empty.rss) / count / KIB,
];
