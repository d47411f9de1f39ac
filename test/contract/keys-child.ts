/**
 * A server's part in the tests of keys, in a process of its own, so that it can be killed.
 * node keys-child.ts MODE FILE; says lines of JSON on stdout, each written before the next step begins.
 */
import { writeSync } from 'node:fs';
import type { SessionId } from '@mend/core';
import { keyFilesOf, openEncryptedStore, rotateMasterKey } from '@mend/server/keys';
import { createFaults, type FaultStep, type NewEntry } from '@mend/server/store';

const [mode = '', file = ''] = process.argv.slice(2);
const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const session = 's' as SessionId;
const entry = (text: string, kind: NewEntry['kind'] = 'event'): NewEntry => ({
  at: 1,
  kind,
  body: Buffer.from(text),
});
const [what = '', where = ''] = mode.split(', killed at ');

if (what === 'rotate') rotate();
else await use();

/** Killed after the step was reached for the last time it is asked to be: `rewrapped 2` is the second commit. */
function rotate(): void {
  const files = keyFilesOf(`sqlite:${file}`);
  if (files === null) throw new Error('no file');
  const [step = '', times = '1'] = where.split(' ');
  let left = Number(times);
  const rotated = rotateMasterKey(files.keys, files.master, (reached) => {
    say(reached);
    if (reached !== step) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });
  say(rotated.ok ? rotated.value : rotated.error);
}

/** `create`, `erase` or `remains` of the session `s`, killed at a step of the keys' writer or of the store's. */
async function use(): Promise<void> {
  const keyFaults = createFaults();
  const faults = createFaults();
  const opened = await openEncryptedStore(`sqlite:${file}`, {
    keyFile: null,
    faults: faults.words,
    keyFaults: keyFaults.words,
  });
  if (!opened.ok) return say(opened.error);
  const store = opened.value;
  say('open');
  const arm = (): void => {
    const [whose, step = ''] = where.split(' ');
    (whose === 'keys' ? keyFaults : faults).set(stepOf(step), 'crash');
  };
  if (what === 'hold') return void setInterval(() => {}, 60_000);
  if (what === 'create') arm();
  say(await store.create(session, 1));
  say(await store.append({ session, expect: 0, entries: [entry('word one'), entry('word two', 'update')] }));
  if (what === 'create') return store.close();
  arm();
  if (what === 'erase') say(await store.erase(session));
  else say(await store.append({ session, expect: 2, entries: [entry('what remains', 'remains')] }));
  await store.close();
}

function stepOf(raw: string): FaultStep {
  if (raw === 'begin' || raw === 'write' || raw === 'commit' || raw === 'answer' || raw === 'checkpoint')
    return raw;
  throw new Error(`no such step: ${raw}`);
}
