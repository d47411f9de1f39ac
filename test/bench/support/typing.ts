import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { typist } from './keystrokes.ts';
import { quantile } from './numbers.ts';
import type { Room } from './rooms.ts';
import type { Target } from './target.ts';

export interface Typed {
  /** Keystroke to the reader's socket, ms. */
  readonly p50: number;
  readonly p99: number;
  /** CPU of the server for each update, all its threads, us. */
  readonly cpu: number;
  /** Updates a second that reached both readers. */
  readonly rate: number;
  /** Updates that had not arrived when it was over. */
  readonly missing: number;
}

/** An update frame: sync, update. */
const isUpdate = (frame: Buffer): boolean => frame[0] === 0 && frame[1] === 2;

/**
 * Everybody's typists over the rooms, in step: `rate` keystrokes a second in all, for so many seconds, after one that
 * is not counted. A room's frames come in the order in which they were sent, so the n-th that comes is the n-th sent.
 */
export function typing(rooms: readonly Room[]) {
  const typists = rooms.map((room, index) => typist(room.text, 1_000 + index));

  return async function run(target: Target, rate: number, seconds: number): Promise<Typed> {
    const total = Math.round(rate * (seconds + 1));
    const warm = Math.round(rate);
    // Made beforehand: the generator must not be what is measured.
    const frames = Array.from(
      { length: total },
      (_, index) => typists[index % rooms.length]?.() ?? new Uint8Array(),
    );
    const sentAt = new Float64Array(total);
    const took: number[] = [];
    let arrived = 0;
    for (const [index, room] of rooms.entries()) {
      room.readers.forEach((reader, which) => {
        let next = index;
        reader.onFrame((frame) => {
          if (!isUpdate(frame)) return;
          arrived += 1;
          const sent = sentAt[next] ?? Number.NaN;
          if (which === 0 && next >= warm) took.push(performance.now() - sent);
          next += rooms.length;
        });
      });
    }
    let before = target.used();
    let from = 0;
    const start = performance.now();
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * rate) + 1);
      for (; sent < due; sent++) {
        const room = rooms[sent % rooms.length];
        const frame = frames[sent];
        if (!room || !frame) continue;
        // When it was due: what the generator is late counts as well.
        sentAt[sent] = start + (sent / rate) * 1_000;
        room.writer.ws.send(frame);
        if (sent === warm) {
          from = performance.now();
          before = target.used();
        }
      }
      await turn();
    }
    const patience = performance.now() + 10_000;
    while (arrived < 2 * total && performance.now() < patience) await pause(1);
    const took_ms = performance.now() - from;
    const after = await target.used();
    for (const room of rooms) for (const reader of room.readers) reader.onFrame(() => {});
    const counted = total - warm;
    return {
      p50: quantile(took, 0.5),
      p99: quantile(took, 0.99),
      cpu: (after.cpu - (await before).cpu) / counted,
      rate: (counted / took_ms) * 1_000,
      missing: 2 * total - arrived,
    };
  };
}
