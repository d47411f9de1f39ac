/**
 * By hand: node test/bench/keys.bench.ts [folder]. What encryption costs: the same store bare and encrypted, in turns
 * within one run, medians of the rounds. Bodies of 40 bytes. `alone`: one append after the other. `shared`: 200
 * sessions, one append of each under way. `read`: a session of 20,000 entries, whole. `cpu`: microseconds of all
 * threads for each append of `shared`. Then a seal and its opening alone, with no store.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SessionId, sessionId } from '@mend/core';
import { createMemoryKeyRing, encryptedLogStore, openEncryptedStore } from '@mend/server/keys';
import { createMemoryLogStore, type LogStore, type NewEntry, openStore } from '@mend/server/store';

const ROUNDS = 5;
const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'mend-bench-'));
const entry: NewEntry = { at: 1, kind: 'update', body: new Uint8Array(40).fill(1) };
const median = (values: readonly number[], share = 0.5): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;

interface Measured {
  readonly create: number[];
  readonly alone: number[];
  readonly aloneLate: number[];
  readonly shared: number[];
  readonly cpu: number[];
  readonly read: number[];
}
const none = (): Measured => ({ create: [], alone: [], aloneLate: [], shared: [], cpu: [], read: [] });

try {
  const bare = await opened(openStore(`sqlite:${join(folder, 'bare.db')}`));
  const sealed = await opened(openEncryptedStore(`sqlite:${join(folder, 'sealed.db')}`, { keyFile: null }));
  const measured = { bare: none(), encrypted: none() };
  for (let round = 0; round < ROUNDS; round += 1) {
    await measure(bare, round, measured.bare);
    await measure(sealed, round, measured.encrypted);
  }
  for (const [name, { create, alone, aloneLate, shared, cpu, read }] of Object.entries(measured)) {
    console.log(
      `${name.padEnd(9)} create ${median(create).toFixed(2)} ms   alone p50 ${median(alone).toFixed(3)} p99 ${median(aloneLate).toFixed(2)} ms   ` +
        `shared ${median(shared).toFixed(1)} us/append, cpu ${median(cpu).toFixed(1)} us   read 20k ${median(read).toFixed(0)} ms`,
    );
  }
  await bare.close();
  await sealed.close();
  await inMemory();
} finally {
  rmSync(folder, { recursive: true });
}

async function opened(opening: ReturnType<typeof openStore> | ReturnType<typeof openEncryptedStore>) {
  const result = await opening;
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}

async function append(store: LogStore, session: SessionId, head: number, entries: readonly NewEntry[]) {
  const outcome = await store.append({ session, expect: head, entries });
  if (!outcome.ok) throw new Error(outcome.why);
}

async function measure(store: LogStore, round: number, into: Measured): Promise<void> {
  const alone = sessionId(`alone${round}`);
  const start = performance.now();
  await store.create(alone, 1);
  into.create.push(performance.now() - start);
  const took: number[] = [];
  for (let head = 0; head < 400; head += 1) {
    const asked = performance.now();
    await append(store, alone, head, [entry]);
    took.push(performance.now() - asked);
  }
  into.alone.push(median(took));
  into.aloneLate.push(median(took, 0.99));
  const long = sessionId(`long${round}`);
  await store.create(long, 1);
  await append(store, long, 0, Array<NewEntry>(20_000).fill(entry));
  const reading = performance.now();
  await store.read(long, 1, 20_000);
  into.read.push(performance.now() - reading);
  await share(store, round, into);
}

async function share(store: LogStore, round: number, into: Measured): Promise<void> {
  const sessions = Array.from({ length: 200 }, (_, index) => sessionId(`shared${round}x${index}`));
  await Promise.all(sessions.map((session) => store.create(session, 1)));
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    sessions.map(async (session) => {
      for (let head = 0; head < 100; head += 1) await append(store, session, head, [entry]);
    }),
  );
  into.shared.push(((performance.now() - start) * 1000) / 20_000);
  const { user, system } = process.cpuUsage(before);
  into.cpu.push((user + system) / 20_000);
}

/** Without a disk: the difference is what encryption itself costs on the main thread. */
async function inMemory(): Promise<void> {
  const figures: Record<string, number[]> = {
    bare: [],
    encrypted: [],
    'bare read': [],
    'encrypted read': [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['bare', 'encrypted']) {
      const inner = createMemoryLogStore();
      const store = name === 'bare' ? inner : await encryptedLogStore(inner, createMemoryKeyRing());
      const session = sessionId('memory');
      await store.create(session, 1);
      const start = performance.now();
      for (let head = 0; head < 20_000; head += 1000)
        await append(store, session, head, Array<NewEntry>(1000).fill(entry));
      figures[name]?.push(((performance.now() - start) * 1000) / 20_000);
      const reading = performance.now();
      await store.read(session, 1, 20_000);
      figures[`${name} read`]?.push(((performance.now() - reading) * 1000) / 20_000);
    }
  }
  const said = Object.entries(figures).map(([name, values]) => `${name} ${median(values).toFixed(2)}`);
  console.log(`in memory, us for each entry: ${said.join('   ')}`);
}
