/**
 * By hand: node test/bench/store.bench.ts [folder]. Appends of 40 bytes, 1000 a second over 500 sessions for 5 s, a
 * snapshot in every session about once a minute (8 a second); then as fast as it goes, 200 sessions, one append of
 * each under way. Times in ms; `loop` is the delay of the main thread's event loop (its monitor's own floor is 1.1).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { SessionId } from '@mend/core';
import { type LogStore, openStore } from '@mend/server/store';

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'mend-bench-'));
const opened = await openStore(`sqlite:${join(folder, 'bench.db')}`);
if (!opened.ok) throw new Error(opened.error.sentence);
try {
  await steady(opened.value);
  await flatOut(opened.value);
} finally {
  await opened.value.close();
  rmSync(folder, { recursive: true });
}

async function steady(store: LogStore): Promise<void> {
  const sessions = await create(store, 'steady', 500);
  const heads = new Array<number>(sessions.length).fill(0);
  const took: number[] = [];
  const pending: Promise<void>[] = [];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const start = performance.now();
  for (let sent = 0; sent < 5000; ) {
    for (const due = performance.now() - start; sent < Math.min(5000, due); sent += 1) {
      const index = sent % sessions.length;
      const session = sessions[index];
      const head = heads[index];
      if (session === undefined || head === undefined) continue;
      const kind = sent % 125 === 0 ? 'snapshot' : 'update';
      const body = new Uint8Array(kind === 'snapshot' ? 20_000 : 40).fill(1);
      heads[index] = head + 1;
      const asked = performance.now();
      pending.push(
        store.append({ session, expect: head, entries: [{ at: 1, kind, body }] }).then((outcome) => {
          if (!outcome.ok) throw new Error(outcome.why);
          took.push(performance.now() - asked);
        }),
      );
    }
    await pause(1);
  }
  await Promise.all(pending);
  loop.disable();
  console.log(
    `1000/s   append ${quantiles(took)}   loop p50 ${(loop.percentile(50) / 1e6).toFixed(1)} p99 ${(loop.percentile(99) / 1e6).toFixed(1)}`,
  );
}

async function flatOut(store: LogStore): Promise<void> {
  const sessions = await create(store, 'flat', 200);
  const took: number[] = [];
  const start = performance.now();
  await Promise.all(
    sessions.map(async (session) => {
      for (let head = 0; head < 200; head += 1) {
        const asked = performance.now();
        const outcome = await store.append({
          session,
          expect: head,
          entries: [{ at: 1, kind: 'update', body: new Uint8Array(40).fill(1) }],
        });
        if (!outcome.ok) throw new Error(outcome.why);
        took.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `flat out append ${quantiles(took)}   ${Math.round(took.length / seconds)} appends/s in ${Math.round(200 / seconds)} commits/s`,
  );

  const alone: number[] = [];
  const [session] = await create(store, 'alone', 1);
  for (let head = 0; session !== undefined && head < 500; head += 1) {
    const asked = performance.now();
    await store.append({
      session,
      expect: head,
      entries: [{ at: 1, kind: 'event', body: new Uint8Array(40).fill(1) }],
    });
    alone.push(performance.now() - asked);
  }
  console.log(`alone    append ${quantiles(alone)}`);
}

async function create(store: LogStore, name: string, count: number): Promise<readonly SessionId[]> {
  const sessions = Array.from({ length: count }, (_, index) => `${name}-${index}` as SessionId);
  await Promise.all(sessions.map((session) => store.create(session, 1)));
  return sessions;
}

function quantiles(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} p99 ${at(0.99)} max ${at(1)}`;
}
