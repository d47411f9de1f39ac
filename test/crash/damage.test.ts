/**
 * Power cuts and bit rot: five thousand copies of a store that is in use, cut, flipped and blanked.
 *
 * P3 A damaged store is read as something that it had answered for at some time, or refused aloud, by the store or by
 *    the proof of its log: never as anything else. An undamaged one is read whole.
 * P4 A WAL that was cut loses exactly what lay behind the cut.
 * P5 Where the last entry and its link are known from elsewhere, no lost tail goes unnoticed.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEncryptedStore } from '@mend/server/keys';
import { verifyStore } from '@mend/server/session';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { type Damage, damaged, drawDamage, sentenceOf, WAL } from './damage.ts';
import { anchorOf, type Examiner, examinerOf, type Found } from './findings.ts';
import { digestOf, type LivedIn, livedInStore } from './lived-in-store.ts';

const CASES = 5_000;
const SEED = 4_711;
/** One case in so many is opened by the server's own way as well, threads and all. */
const FULLY = 250;

let folder = '';
let lived: LivedIn;
let examiner: Examiner;
/** The digests that the undamaged store has. */
let whole: readonly string[];

beforeAll(async () => {
  // What syncs cost is not what is looked at here.
  const memory = '/dev/shm';
  folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'mend-damage-'));
  lived = await livedInStore(folder);
  examiner = examinerOf(lived, join(folder, 'case'));
  whole = digestsAt(lived.answered.length - 1);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digestsAt = (index: number): readonly string[] => {
  const ids = [...(lived.answered.at(-1)?.logs.keys() ?? [])];
  return ids.map((id) => digestOf(lived.answered[index]?.logs.get(id) ?? []));
};

/** What had been answered for when the WAL was so long. */
const digestsUpTo = (walBytes: number): readonly string[] =>
  digestsAt(lived.answered.findLastIndex((answered) => answered.walBytes <= walBytes));

/** What is wrong with what was found. */
function faultsOf(damage: Damage, found: readonly Found[]): readonly string[] {
  const digests = found.map((each) => (each.is === 'known' ? each.digest : each.is));
  const faults = found.flatMap((each, index) => {
    if (each.is === 'changed') return [`silently changed: ${each.what}`];
    if (each.is === 'known' && each.isAnchored && each.digest !== whole[index])
      return ['a lost tail, unnoticed'];
    return [];
  });
  const wanted =
    damage.is === 'none' ? whole : damage.is === 'cut' && damage.file === WAL && digestsUpTo(damage.at);
  if (wanted && wanted.join() !== digests.join()) faults.push('not what was answered for');
  return faults;
}

test('P3 P4 P5 what is damaged is read as it was, or refused aloud', () => {
  const random = seededRandom(SEED);
  const counts = { whole: 0, earlier: 0, refused: 0 };
  const faults: string[] = [];
  for (let number = 0; number < CASES; number++) {
    const damage = drawDamage(lived.files, random);
    const found = examiner.examine(damaged(lived.files, damage));
    for (const fault of faultsOf(damage, found))
      faults.push(`case ${number}, ${sentenceOf(damage)}: ${fault}`);
    if (found.some(({ is }) => is === 'refused')) counts.refused += 1;
    else if (found.every((each, index) => each.is === 'known' && each.digest === whole[index]))
      counts.whole += 1;
    else counts.earlier += 1;
  }
  expect(faults.slice(0, 5)).toEqual([]);
  // No kind of outcome is left out.
  expect(Math.min(counts.whole, counts.earlier, counts.refused)).toBeGreaterThan(CASES / 20);
});

test('P3 P5 the server and its own proof come to the same', async () => {
  const random = seededRandom(SEED);
  const ids = [...(lived.answered.at(-1)?.logs ?? [])];
  const wanted = ids.map(([session, entries]) => ({ session, anchor: anchorOf(session, entries) }));
  for (let number = 0; number < CASES; number++) {
    const damage = drawDamage(lived.files, random);
    if (number % FULLY !== 0) continue;
    const files = damaged(lived.files, damage);
    const found = examiner.examine(files).map((each) => each.is === 'known' && each.isAnchored);
    const opened = await openEncryptedStore(`sqlite:${examiner.put(files)}`, { keyFile: null });
    const proven: boolean[] = [];
    if (opened.ok) {
      for await (const { isWhole } of verifyStore(opened.value, wanted)) proven.push(isWhole);
      await opened.value.close();
    }
    expect(opened.ok ? proven : ids.map(() => false), `case ${number}, ${sentenceOf(damage)}`).toEqual(found);
  }
});
