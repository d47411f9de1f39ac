import { step1Frame, updateFrame } from '../support/raw-document.ts';
import { openDocument } from './support/channels.ts';
import { type History, writeHistory } from './support/history.ts';
import { median, table } from './support/numbers.ts';
import { startTarget, type Target } from './support/target.ts';

/**
 * A fresh client asks for a document with a long history: from its question to the whole answer where the server has
 * the document in memory, and from opening its socket where it has to read it first. Beside it what Yjs offers as a
 * server, which has the same document in memory and nothing on a disk.
 *
 * From disk: after a restart, once some other sessions were read. The very first one after a start waits for the
 * compiler as well, and is told apart.
 */

const HISTORIES = [20_000, 200_000] as const;
const OTHERS = [5_000, 5_000, 5_000] as const;
const WARM = 9;
const COLD = 5;

export async function join(): Promise<void> {
  let target = await startTarget('mend');
  const others = await written(target, OTHERS);
  const asked = await written(target, HISTORIES);
  const rows: { edits: number; bytes: Uint8Array; warm: number; cold: number[] }[] = [];
  for (const [index, { path }] of asked.entries()) {
    const { bytes } = await fresh(target.origin, path);
    const warm = await several(WARM, async () => (await fresh(target.origin, path)).answered);
    rows.push({ edits: HISTORIES[index] ?? 0, bytes, warm: median(warm), cold: [] });
  }
  for (const history of [...others, ...asked]) await history.close();
  const first: number[] = [];
  for (let round = 0; round < COLD; round++) {
    target = await target.restart();
    for (const [index, { path }] of others.entries()) {
      const { opened } = await fresh(target.origin, path);
      if (index === 0) first.push(opened);
    }
    for (const [index, { path }] of asked.entries()) {
      rows[index]?.cold.push((await fresh(target.origin, path)).opened);
    }
  }
  await target.stop();
  const lines: (string | number)[][] = [['mend, first after a start', OTHERS[0], '', '', median(first)]];
  for (const { edits, bytes, warm, cold } of rows) {
    const kib = Math.round(bytes.length / 1024);
    lines.push(
      ['mend', edits, kib, warm, median(cold)],
      ['y-websocket', edits, kib, await warmPeer(bytes), ''],
    );
  }
  console.log(`\nJoin of a fresh client (ms), medians of ${WARM} warm and ${COLD} from disk`);
  console.log(table(['server', 'edits', 'KiB', 'warm', 'from disk'], lines));
}

async function written({ origin }: Target, edits: readonly number[]): Promise<readonly History[]> {
  const histories: History[] = [];
  for (const count of edits) histories.push(await writeHistory(origin, count));
  return histories;
}

/** The same document in a peer that keeps it in memory. */
async function warmPeer(state: Uint8Array): Promise<number> {
  const target: Target = await startTarget('y-websocket');
  const filler = await openDocument(target.origin, '/room');
  filler.ws.send(updateFrame(state));
  let took: readonly number[] = [];
  do took = await several(WARM, async () => (await fresh(target.origin, '/room')).answered);
  while ((await fresh(target.origin, '/room')).bytes.length < state.length / 2);
  await filler.close();
  await target.stop();
  return median(took);
}

async function several(count: number, measure: () => Promise<number>): Promise<readonly number[]> {
  const values: number[] = [];
  for (let round = 0; round < count; round++) values.push(await measure());
  return values;
}

interface Joined {
  /** Milliseconds since the socket began to open, */
  readonly opened: number;
  /** and since the question was asked. */
  readonly answered: number;
  readonly bytes: Uint8Array;
}

async function fresh(origin: string, path: History['path']): Promise<Joined> {
  const began = performance.now();
  const channel = await openDocument(origin, path);
  const asked = performance.now();
  const answer = new Promise<Uint8Array>((resolve) => {
    channel.onFrame((frame) => {
      if (frame[0] === 0 && frame[1] === 1) resolve(frame);
    });
  });
  channel.ws.send(step1Frame(Uint8Array.of(0)));
  const frame = await answer;
  const now = performance.now();
  await channel.close();
  return { opened: now - began, answered: now - asked, bytes: bodyOf(frame) };
}

/** What follows the two types and the length. */
function bodyOf(frame: Uint8Array): Uint8Array {
  let at = 2;
  while ((frame[at] ?? 0) >= 0x80) at += 1;
  return frame.subarray(at + 1);
}
