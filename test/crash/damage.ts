import type { SeededRandom } from '../support/seeded-random.ts';
import { STORE } from './lived-in-store.ts';

export const WAL = `${STORE}-wal`;
const KEYS = 'mend.keys.db';
const MASTER = 'mend.key';

/** What a disk, or the loss of its power, has done to the files of a store. */
export type Damage =
  | { readonly is: 'none' }
  | { readonly is: 'cut'; readonly file: string; readonly at: number }
  | { readonly is: 'flips'; readonly file: string; readonly bits: readonly number[] }
  /** A sector that was never written, or was lost: zeros. */
  | { readonly is: 'blank'; readonly file: string; readonly from: number };

const SECTOR = 512;
const MOST_FLIPS = 3;

type Files = ReadonlyMap<string, Buffer>;

/** The kinds by how often they come, in a hundred. */
const KINDS: readonly (readonly [number, (files: Files, random: SeededRandom) => Damage])[] = [
  [4, () => ({ is: 'none' })],
  [26, (files, random) => cut(files, WAL, random)],
  [8, (files, random) => cut(files, STORE, random)],
  [4, (files, random) => cut(files, random.pick([KEYS, `${KEYS}-wal`, MASTER]), random)],
  [22, (files, random) => flips(files, WAL, random)],
  [22, (files, random) => flips(files, STORE, random)],
  [6, (files, random) => flips(files, random.pick([KEYS, `${KEYS}-wal`, MASTER]), random)],
  [8, (files, random) => blank(files, random.pick([WAL, STORE, KEYS, `${KEYS}-wal`]), random)],
];

export function drawDamage(files: Files, random: SeededRandom): Damage {
  let left = random.int(KINDS.reduce((sum, [share]) => sum + share, 0));
  for (const [share, make] of KINDS) {
    if (left < share) return make(files, random);
    left -= share;
  }
  return { is: 'none' };
}

const sizeOf = (files: Files, file: string): number => files.get(file)?.length ?? 0;
const cut = (files: Files, file: string, random: SeededRandom): Damage => ({
  is: 'cut',
  file,
  at: random.int(sizeOf(files, file)),
});
const flips = (files: Files, file: string, random: SeededRandom): Damage => ({
  is: 'flips',
  file,
  bits: Array.from({ length: 1 + random.int(MOST_FLIPS) }, () => random.int(8 * sizeOf(files, file))),
});
const blank = (files: Files, file: string, random: SeededRandom): Damage => ({
  is: 'blank',
  file,
  from: SECTOR * random.int(Math.ceil(sizeOf(files, file) / SECTOR)),
});

export function damaged(files: Files, damage: Damage): Files {
  if (damage.is === 'none') return files;
  const bytes = files.get(damage.file);
  if (!bytes) throw new Error(`no file ${damage.file}`);
  return new Map(files).set(damage.file, hurt(bytes, damage));
}

function hurt(whole: Buffer, damage: Exclude<Damage, { readonly is: 'none' }>): Buffer {
  if (damage.is === 'cut') return whole.subarray(0, damage.at);
  const bytes = Buffer.from(whole);
  if (damage.is === 'blank') return bytes.fill(0, damage.from, Math.min(bytes.length, damage.from + SECTOR));
  for (const bit of damage.bits) {
    const at = Math.floor(bit / 8);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  }
  return bytes;
}

export const sentenceOf = (damage: Damage): string => JSON.stringify(damage);
