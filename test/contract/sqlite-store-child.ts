/**
 * A server's part in the tests of the SQLite store, in a process of its own, so that it can be killed.
 * node sqlite-store-child.ts MODE FILE; says lines of JSON on stdout, each written before the next step begins.
 */
import { writeSync } from 'node:fs';
import type { SessionId } from '@mend/core';
import { createFaults, type FaultStep, type LogStore, type NewEntry, openStore } from '@mend/server/store';

const [mode = '', file = ''] = process.argv.slice(2);
const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const session = (name: string): SessionId => name as SessionId;
const entry = (text: string, kind: NewEntry['kind'] = 'event'): NewEntry => ({
  at: 1,
  kind,
  body: Buffer.from(text),
});

if (mode === 'open as nobody' && process.getuid?.() === 0) process.seteuid?.(65534);
const faults = createFaults();
const opened = await openStore(`sqlite:${file}`, { faults: faults.words });
if (!opened.ok) {
  say(opened.error);
} else if (mode === 'append') {
  say('open');
  await Promise.all(['s0', 's1', 's2', 's3'].map((name) => appendForEver(opened.value, session(name))));
} else if (mode.startsWith('crash at ')) {
  await crashAt(opened.value, mode.slice('crash at '.length));
} else if (mode === 'hold') {
  say('open');
  setInterval(() => {}, 60_000);
} else {
  say('open');
  await opened.value.close();
}

/** Says the head of each append that was answered ok. Three at a time are under way. */
async function appendForEver(store: LogStore, name: SessionId): Promise<void> {
  await store.create(name, 1);
  const row = await store.get(name);
  let head = row.ok ? (row.value?.head ?? 0) : 0;
  for (;;) {
    const chain = [1, 2, 3].map((step) =>
      store.append({ session: name, expect: head + step - 1, entries: [entry(`${name}/${head + step}`)] }),
    );
    for (const pending of chain) {
      const outcome = await pending;
      if (!outcome.ok) return say(outcome);
      say([name, outcome.head]);
    }
    head += chain.length;
  }
}

/** Two updates, then a snapshot, and a crash at the given step of its batch. */
async function crashAt(store: LogStore, step: string): Promise<void> {
  const name = session('s');
  await store.create(name, 1);
  await store.append({
    session: name,
    expect: 0,
    entries: [entry('taken-back-1', 'update'), entry('taken-back-2', 'update')],
  });
  say('appended');
  faults.set(stepOf(step), 'crash');
  await store.append({ session: name, expect: 2, entries: [entry('what stays', 'snapshot')] });
  say('answered');
  setInterval(() => {}, 60_000);
}

function stepOf(raw: string): FaultStep {
  if (raw === 'begin' || raw === 'write' || raw === 'commit' || raw === 'answer' || raw === 'checkpoint')
    return raw;
  throw new Error(`no such step: ${raw}`);
}
