import { step1Frame } from '../support/raw-document.ts';
import { type DocumentChannel, openDocument } from './support/channels.ts';
import { median, table } from './support/numbers.ts';
import { closeRooms, openRooms } from './support/rooms.ts';
import { startTarget, type TargetName } from './support/target.ts';

/**
 * Everybody comes back at once, as after a restart of a proxy: from the first socket that begins to open until the
 * last one has its answer to its first question (on the relay, which answers nothing, until the last one is open).
 */

const CLIENTS = 1_000;
const ROUNDS = 5;
const TARGETS: readonly TargetName[] = ['relay', 'y-websocket', 'mend'];

export async function reconnect(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const name of TARGETS) {
    const target = await startTarget(name);
    const rooms = await openRooms(name, target, Math.ceil(CLIENTS / 3));
    const paths = rooms.flatMap((room) => room.paths).slice(0, CLIENTS);
    await closeRooms(rooms);
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      const channels = await Promise.all(paths.map((path) => back(target.origin, path, name !== 'relay')));
      took.push(performance.now() - began);
      await Promise.all(channels.map((channel) => channel.close()));
    }
    await target.stop();
    rows.push([name, median(took)]);
  }
  console.log(`\n${CLIENTS} clients come back at once (ms), medians of ${ROUNDS}`);
  console.log(table(['server', 'all answered'], rows));
}

async function back(origin: string, path: string, isAnswered: boolean): Promise<DocumentChannel> {
  const channel = await openDocument(origin, path);
  if (!isAnswered) return channel;
  const answer = new Promise<void>((resolve) => {
    channel.onFrame((frame) => {
      if (frame[0] === 0 && frame[1] === 1) resolve();
    });
  });
  channel.ws.send(step1Frame(Uint8Array.of(0)));
  await answer;
  return channel;
}
