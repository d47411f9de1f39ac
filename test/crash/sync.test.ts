/**
 * The disk before the wire.
 *
 * P6 What the server writes for words or a command, it has synced, by its system calls, when the first byte of them
 *    leaves for anybody: the words themselves, that they are saved, the answer. Where the system lets nobody trace (no
 *    strace, or a sandbox), the settings that make SQLite sync are read back instead; that nothing leaves before the
 *    commit is held to by W40 in any case.
 * P7 A trace that shows anything else is found: a write that is not synced, or not yet, or not well, or none at all.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@mend/server/store';
import { expect, test } from 'vitest';
import { begin, couple, until } from '../support/person.ts';
import { successor } from './killed-server.ts';
import { PATIENCE_MS } from './life.ts';
import { straceInto } from './strace.ts';
import { eventsIn, type Step, untimely } from './sync-trace.ts';
import { freePort } from './world.ts';

const WORDS = 20;
const WAL = '/mend.db-wal';

test('P6 words, saved marks and answers leave after the sync of what was written for them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mend-sync-'));
  const trace = join(folder, 'trace');
  const strace = straceInto(trace);
  if (strace === null) {
    console.warn('Nothing can be traced here (apt-get install strace): only the settings are looked at.');
    await settingsAreDurable(join(folder, 'mend.db'));
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const server = successor(join(folder, 'compiled'), strace);
  try {
    const port = await freePort();
    await server.start(join(folder, 'mend.db'), port);
    const both = await couple(`http://127.0.0.1:${port}`);
    const { a, b } = both;
    await begin(both);
    const steps: Step[] = [];
    for (let number = 1; number <= WORDS; number++) {
      const word = `word-${number}. `;
      a.write(word);
      const clock = a.text('t1').length;
      steps.push({ name: word, tells: new RegExp(`word-${number}\\.|saved.*clock\\\\":${clock}\\}`) });
      await until(() => b.text('t1').length === clock, word, PATIENCE_MS);
    }
    steps.push({ name: 'the end of the turn', tells: /\[\\"view\\"|\[\{\\"ok\\":true/ });
    expect(await a.done()).toMatchObject({ ok: true });
    for (const one of [a, b]) one.leave();
    await server.kill();
    const events = eventsIn(readFileSync(trace, 'utf8'), WAL);
    expect(untimely(events, steps)).toEqual([]);
    expect(events.filter(({ is }) => is === 'synced').length).toBeGreaterThan(WORDS);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A store does not open where they cannot be had. */
async function settingsAreDurable(file: string): Promise<void> {
  const opened = await openStore(`sqlite:${file}`);
  expect(opened).toMatchObject({ ok: true });
  if (opened.ok) await opened.value.close();
}

const wrote = '11 pwrite64(20</data/mend.db-wal>, "..."..., 4096, 32) = 4096';
const synced = '11 fdatasync(20</data/mend.db-wal>) = 0';
const sent = '10 write(31<socket:[5]>, "\\202word-1. ", 9) = 9';
const STEPS: readonly Step[] = [{ name: 'word-1', tells: /word-1/ }];
const found = (...lines: string[]) => untimely(eventsIn(lines.join('\n'), WAL), STEPS);

test.each([
  ['in order', [], [wrote, synced, sent]],
  [
    'in order, while another thread runs',
    [],
    [wrote, '11 fdatasync(20</data/mend.db-wal> <unfinished ...>', '11 <... fdatasync resumed>) = 0', sent],
  ],
  ['no sync', ['anything', 'not synced'], [wrote, sent]],
  [
    'a sync of another file',
    ['anything', 'not synced'],
    [wrote, '11 fdatasync(21</data/mend.db>) = 0', sent],
  ],
  [
    'a sync that has not ended',
    ['anything', 'not synced'],
    [wrote, '11 fdatasync(20</data/mend.db-wal> <unfinished ...>', sent, '11 <... fdatasync resumed>) = 0'],
  ],
  [
    'a sync that failed',
    ['anything', 'not synced'],
    [wrote, '11 fdatasync(20</data/mend.db-wal>) = -1 EIO', sent],
  ],
  ['a sync that came first', ['anything', 'not synced'], [synced, wrote, sent]],
  ['a write after the sync', ['not synced'], [wrote, synced, wrote, sent]],
  ['nothing written', ['anything'], [sent, wrote, synced]],
  ['nothing told', ['never'], [wrote, synced]],
])('P7 %s', (_, faults, lines) => {
  expect(found(...lines)).toEqual(faults.map((fault) => expect.stringContaining(fault)));
});
