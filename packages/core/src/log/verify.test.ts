import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionId } from '../ids.ts';
import { acts, roomOf, rooms } from '../session/fixtures/random-play.ts';
import { ID } from '../session/fixtures/table.ts';
import { addLink, emptyChain, follow } from './chain.ts';
import { readEnvelope, type StoredEntry } from './envelope.ts';
import { LOG_FAULTS } from './faults.ts';
import { chained, playedLog, sha256, stored } from './fixtures/played-log.ts';
import { type BrokenEntry, type Known, verify } from './verify.ts';

const TIMEOUT = 120_000;
const RUNS = { numRuns: 150 };

const plays = fc.tuple(rooms, acts(80)).map(([room, steps]) => chained(playedLog(roomOf(room), steps)));
const check = (log: readonly StoredEntry[], known: Partial<Known> = {}) =>
  verify(ID, log, { sha256, ...known });

/** What is found; a log that verifies is no answer here. */
function brokenIn(log: readonly StoredEntry[], known: Partial<Known> = {}): BrokenEntry {
  const found = check(log, known);
  if (found.ok) throw new Error('it verifies');
  return found.error;
}

const at = <T>(list: readonly T[], n: number): T => {
  const one = list[n % list.length];
  if (one === undefined) throw new Error('an empty list');
  return one;
};
const replaced = (log: readonly StoredEntry[], index: number, entry: StoredEntry) => log.with(index, entry);
const flipped = (body: Uint8Array, bit: number): Uint8Array => {
  const copy = body.slice();
  const byte = (bit >> 3) % copy.length;
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit & 7));
  return copy;
};
/** The first entry behind each hole: where a false bridge shows. */
const behindHoles = (log: readonly StoredEntry[]): readonly number[] =>
  log.flatMap(({ seq }, index) => (seq === (log[index - 1]?.seq ?? 0) + 1 ? [] : [seq]));

describe('a log that was written by the rules', () => {
  it(
    'L23 verifies, with all that it ever held and as the store keeps it',
    () => {
      const property = fc.property(plays, (history) => {
        const whole = check(history);
        expect(whole).toMatchObject({ ok: true, value: { head: history.length } });
        expect(check(stored(history))).toEqual(whole);
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );

  it(
    'L22 is gone on with after a restart as if there had been none',
    () => {
      const property = fc.property(plays, fc.nat(), (history, n) => {
        const before = history.slice(0, 1 + (n % history.length));
        const reread = stored(before).reduce(follow, emptyChain(ID));
        const [next] = history.slice(before.length);
        expect(reread).toEqual(before.reduce(follow, emptyChain(ID)));
        if (!next) return;
        const { entry, salt, link } = readEnvelope(next.kind, next.body);
        const again = addLink(reread, { ...next, entry }, salt, sha256);
        expect(again.body).toEqual(next.body);
        expect(again.chain.link).toEqual(link);
      });
      fc.assert(property, RUNS);
    },
    TIMEOUT,
  );

  it('L23 an empty one is whole; one that was erased still is', () => {
    expect(check([])).toMatchObject({ ok: true, value: { head: 0, turns: 0 } });
    expect(check([], { head: 1 })).toMatchObject({ error: { seq: 1, code: 'tail' } });
  });
});

describe('one change to a stored log is found, at the entry that was changed', () => {
  const property = (of: (log: readonly StoredEntry[], index: number, n: number) => void) =>
    fc.assert(
      fc.property(plays, fc.nat(), fc.nat(), (history, index, n) => {
        const log = stored(history);
        of(log, index % log.length, n);
      }),
      RUNS,
    );

  it(
    'L24 a bit',
    () =>
      property((log, index, n) => {
        const entry = at(log, index);
        const broken = brokenIn(replaced(log, index, { ...entry, body: flipped(entry.body, n) }));
        // Bits of a bridge show where it leads to.
        const behind = entry.kind === 'snapshot' ? behindHoles(log) : [];
        expect([entry.seq, ...behind]).toContain(broken.seq);
        expect(['link', 'unreadable', ...(behind.length > 0 ? ['hole'] : [])]).toContain(broken.code);
      }),
    TIMEOUT,
  );

  it(
    'L24 its time, its kind, its length, its session',
    () =>
      property((log, index, n) => {
        const entry = at(log, index);
        expect(brokenIn(replaced(log, index, { ...entry, at: entry.at + 1 + n }))).toEqual({
          seq: entry.seq,
          code: 'link',
        });
        const kind = at(['event', 'update', 'snapshot', 'remains'] as const, n);
        const moved = kind === entry.kind ? [] : [brokenIn(replaced(log, index, { ...entry, kind })).seq];
        for (const seq of moved) expect([entry.seq, ...behindHoles(log)]).toContain(seq);
        const body = entry.body.slice(0, n % entry.body.length);
        expect([entry.seq, ...behindHoles(log)]).toContain(
          brokenIn(replaced(log, index, { ...entry, body })).seq,
        );
        const other = verify(sessionId('z'.repeat(26)), log, { sha256 });
        expect(other).toMatchObject({ ok: false, error: { seq: log[0]?.seq } });
      }),
    TIMEOUT,
  );

  it(
    'L24 dropped, doubled, moved, exchanged',
    () =>
      property((log, index, n) => {
        const entry = at(log, index);
        const next = log[index + 1];
        const doubled = log.toSpliced(index, 0, entry);
        expect(brokenIn(doubled)).toEqual({ seq: entry.seq, code: 'order' });
        if (!next) return;
        const dropped = brokenIn(log.toSpliced(index, 1));
        expect([next.seq, ...behindHoles(log)]).toContain(dropped.seq);
        expect(['hole', 'link']).toContain(dropped.code);
        const swapped = brokenIn(log.toSpliced(index, 2, next, entry));
        expect([entry.seq, next.seq, ...behindHoles(log)]).toContain(swapped.seq);
        const other = at(log, n);
        if (other.kind !== entry.kind || other.seq <= entry.seq || entry.kind === 'snapshot') return;
        const exchanged = replaced(replaced(log, index, { ...entry, body: other.body }), n % log.length, {
          ...other,
          body: entry.body,
        });
        expect(brokenIn(exchanged)).toEqual({ seq: entry.seq, code: 'link' });
      }),
    TIMEOUT,
  );

  it(
    'L24 linked anew by itself alone, it is what follows that does not fit, also across a hole',
    () => {
      const relinked = fc.property(plays, fc.nat(), (history, n) => {
        const kept = stored(history);
        const entry = at(kept, n);
        if (entry.kind === 'remains') return;
        const chain = history.slice(0, entry.seq - 1).reduce(follow, emptyChain(ID));
        const { salt, entry: inside } = readEnvelope(entry.kind, entry.body);
        const later = { ...entry, at: entry.at + 1 };
        const { body } = addLink(chain, { ...later, entry: inside }, salt, sha256);
        const log = replaced(kept, kept.indexOf(entry), { ...later, body });
        const next = kept[kept.indexOf(entry) + 1];
        const whole = check(kept);
        if (next) expect(brokenIn(log)).toEqual({ seq: next.seq, code: 'link' });
        else expect(brokenIn(log, whole.ok ? { link: whole.value.link } : {}).code).toBe('tail');
      });
      fc.assert(relinked, RUNS);
    },
    TIMEOUT,
  );

  it(
    'L24 a tail that was cut off, where the head, the link or an anchor is known',
    () =>
      property((log, index) => {
        const whole = check(log);
        if (!whole.ok) throw new Error('it must verify');
        const { head, link } = whole.value;
        const cut = log.slice(0, index);
        const end = cut.at(-1)?.seq ?? 0;
        const first = behindHoles(log)[0] ?? Number.POSITIVE_INFINITY;
        const bare = check(cut);
        for (const known of [{ head }, { link }, { anchor: { seq: head, link } }]) {
          const found = brokenIn(cut, known);
          if (bare.ok) expect(found).toEqual({ seq: end + 1, code: 'tail' });
          // What bridged a hole was cut off with the tail.
          else expect(found).toEqual({ seq: first, code: 'hole' });
        }
        expect(brokenIn(log, { head: head - 1 })).toEqual({ seq: head, code: 'beyond-head' });
        const other = brokenIn(log, { anchor: { seq: head, link: flipped(link, index) } });
        expect(other).toEqual({ seq: head, code: 'anchor' });
      }),
    TIMEOUT,
  );
});

describe('what verify answers', () => {
  it('L27 is a sentence of a closed list, each its own', () => {
    const sentences = Object.values(LOG_FAULTS);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^"]*\.$/);
  });
});
