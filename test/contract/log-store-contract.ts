import type { SessionId } from '@mend/core';
import {
  createFaults,
  type EntryKind,
  type FaultStep,
  type Faults,
  type LogStore,
  type NewEntry,
  type StoredEntry,
} from '@mend/server/store';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

// A disk may be slow; nothing here measures time.
vi.setConfig({ testTimeout: 20_000 });

const id = (raw: string): SessionId => raw as SessionId;
const entry = (text: string, kind: EntryKind = 'event', at = 1000): NewEntry => ({
  at,
  kind,
  body: new TextEncoder().encode(text),
});
const texts = (entries: readonly StoredEntry[]): string[] =>
  entries.map(({ seq, kind, body }) => `${seq} ${kind} ${new TextDecoder().decode(body)}`);

/** One store for one test, that can be closed and opened again over what it kept. */
export interface Subject {
  readonly open: (faults: Faults) => Promise<LogStore>;
  readonly dispose: () => void;
}

/** The rules L, over any store. */
export function logStoreContract(name: string, subject: () => Subject): void {
  describe(`log store: ${name}`, () => {
    let current: Subject;
    let faults: Faults;
    let store: LogStore;
    const a = id('a');

    beforeEach(async () => {
      current = subject();
      faults = createFaults();
      store = await current.open(faults);
      await store.create(a, 500);
    });
    afterEach(async () => {
      for (const step of ['begin', 'write', 'commit', 'answer', 'checkpoint', 'read'] satisfies FaultStep[])
        faults.clear(step);
      await store.close();
      current.dispose();
    });

    const all = async (session = a, from = 1, limit = 100_000): Promise<string[]> => {
      const read = await store.read(session, from, limit);
      if (!read.ok) throw new Error(read.error);
      return texts(read.value);
    };
    const head = async (session = a): Promise<number | undefined> => {
      const row = await store.get(session);
      return row.ok ? row.value?.head : undefined;
    };
    const append = (expect: number, ...entries: NewEntry[]) => store.append({ session: a, expect, entries });

    test('L1 create makes an empty log, once', async () => {
      expect(await store.get(a)).toEqual({
        ok: true,
        value: { session: a, head: 0, createdAt: 500, updatedAt: 500 },
      });
      const racing = await Promise.all([1, 2, 3].map((at) => store.create(id('b'), at)));
      expect(racing).toEqual([{ ok: true }, { ok: false, why: 'exists' }, { ok: false, why: 'exists' }]);
      expect(await store.get(id('b'))).toMatchObject({ value: { createdAt: 1 } });
    });

    test('L1 an erased id is not given again', async () => {
      await store.erase(a);
      expect(await store.create(a, 1)).toEqual({ ok: false, why: 'exists' });
    });

    test('L2 a stale expect and one ahead of the head write nothing', async () => {
      expect(await append(0, entry('1'), entry('2', 'event', 2000))).toEqual({ ok: true, head: 2 });
      expect(await append(1, entry('stale'))).toEqual({ ok: false, why: 'conflict', head: 2 });
      expect(await append(0, entry('stale'))).toEqual({ ok: false, why: 'conflict', head: 2 });
      expect(await append(3, entry('ahead'))).toEqual({ ok: false, why: 'conflict', head: 2 });
      expect(await all()).toEqual(['1 event 1', '2 event 2']);
      expect(await store.get(a)).toMatchObject({ value: { head: 2, createdAt: 500, updatedAt: 2000 } });
    });

    test('L2 an empty append only asks for the head', async () => {
      expect(await append(0)).toEqual({ ok: true, head: 0 });
      expect(await append(1)).toEqual({ ok: false, why: 'conflict', head: 0 });
    });

    test('L2 three writers who race 200 appends each leave one log without a gap', async () => {
      let wins = 0;
      const race = async (writer: string): Promise<void> => {
        let expected = 0;
        for (let number = 0; number < 200; ) {
          const outcome = await append(expected, entry(`${writer}${number}`));
          if (outcome.ok) {
            wins += 1;
            number += 1;
            expected = outcome.head;
          } else if (outcome.why === 'conflict') expected = outcome.head;
          else throw new Error(outcome.why);
        }
      };
      await Promise.all(['x', 'y', 'z'].map(race));
      const log = await all();
      expect([wins, log.length, await head()]).toEqual([600, 600, 600]);
      expect(log.map((line) => Number(line.split(' ')[0]))).toEqual(
        Array.from({ length: 600 }, (_, index) => index + 1),
      );
      for (const writer of ['x', 'y', 'z']) {
        const own = log.flatMap((line) => line.split(' ')[2] ?? []).filter((text) => text.startsWith(writer));
        expect(own).toEqual(Array.from({ length: 200 }, (_, index) => `${writer}${index}`));
      }
    });

    test('L3 entries are read in order, from a seq, up to a limit', async () => {
      await append(0, ...Array.from({ length: 7 }, (_, index) => entry(`${index + 1}`)));
      expect(await all(a, 3, 2)).toEqual(['3 event 3', '4 event 4']);
      expect(await all(a, 6)).toEqual(['6 event 6', '7 event 7']);
      expect(await all(a, 8)).toEqual([]);
      expect(await all(a, 1, 0)).toEqual([]);
      expect(await all(id('nobody'))).toEqual([]);
    });

    test('L4 chained appends go in together', async () => {
      const outcomes = await Promise.all([
        append(0, entry('1'), entry('2', 'update')),
        append(2, entry('3')),
        append(3, entry('4'), entry('5')),
      ]);
      expect(outcomes).toEqual([2, 3, 5].map((reached) => ({ ok: true, head: reached })));
      expect(await head()).toBe(5);
    });

    test('L4 a failed append takes its chain down', async () => {
      await append(0, entry('1'));
      const outcomes = await Promise.all([
        append(0, entry('late')),
        append(1, entry('built on it')),
        append(2, entry('and on that')),
      ]);
      expect(outcomes).toEqual([1, 1, 1].map((reached) => ({ ok: false, why: 'conflict', head: reached })));
      expect(await all()).toEqual(['1 event 1']);
    });

    test('L4 a chain falls even when another writer has brought the head to the number it expects', async () => {
      const [other, mine, next] = await Promise.all([
        append(0, entry('other')),
        append(0, entry('mine')),
        append(1, entry('next')),
      ]);
      expect(other).toEqual({ ok: true, head: 1 });
      expect([mine, next]).toEqual([1, 1].map((reached) => ({ ok: false, why: 'conflict', head: reached })));
      expect(await append(1, entry('judged again'))).toEqual({ ok: true, head: 2 });
    });

    test('L4 so it does when the commit was under way already', async () => {
      faults.set('commit', 'hold');
      const first = [append(0, entry('other')), append(0, entry('mine'))];
      await Promise.resolve().then(() => Promise.resolve());
      const next = append(1, entry('next'));
      faults.clear('commit');
      expect(await Promise.all([...first, next])).toEqual([
        { ok: true, head: 1 },
        { ok: false, why: 'conflict', head: 1 },
        { ok: false, why: 'conflict', head: 1 },
      ]);
      expect(await all()).toEqual(['1 event other']);
    });

    test('L5 of 200 sessions in one commit one is refused, and 199 go in', async () => {
      const sessions = Array.from({ length: 200 }, (_, index) => id(`s${index}`));
      await Promise.all(sessions.map((session) => store.create(session, 1)));
      const outcomes = await Promise.all(
        sessions.map((session, index) =>
          store.append({ session, expect: index === 77 ? 5 : 0, entries: [entry(`${index}`)] }),
        ),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(199);
      expect(outcomes[77]).toEqual({ ok: false, why: 'conflict', head: 0 });
      expect(await all(id('s76'))).toEqual(['1 event 76']);
      expect(await all(id('s77'))).toEqual([]);
    });

    test('L6 nothing is read before it is durable', async () => {
      faults.set('commit', 'hold');
      let answered = false;
      const pending = append(0, entry('1')).then((outcome) => {
        answered = true;
        return outcome;
      });
      for (let turn = 0; turn < 20; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        expect([await all(), await head(), answered]).toEqual([[], 0, false]);
      }
      faults.clear('commit');
      expect(await pending).toEqual({ ok: true, head: 1 });
      expect(await all()).toEqual(['1 event 1']);
    });

    test('L7 a snapshot replaces the updates and snapshots before it, and nothing else', async () => {
      await store.create(id('b'), 1);
      await store.append({ session: id('b'), expect: 0, entries: [entry('of another', 'update')] });
      await append(0, entry('1'), entry('2', 'update'), entry('3', 'snapshot'), entry('4', 'update'));
      expect(await all()).toEqual(['1 event 1', '3 snapshot 3', '4 update 4']);
      expect(
        await append(4, entry('5', 'update'), entry('6'), entry('7', 'snapshot'), entry('8', 'update')),
      ).toEqual({ ok: true, head: 8 });
      expect(await all()).toEqual(['1 event 1', '6 event 6', '7 snapshot 7', '8 update 8']);
      expect(await all(a, 2, 2)).toEqual(['6 event 6', '7 snapshot 7']);
      expect(await all(id('b'))).toEqual(['1 update of another']);
      expect(await head()).toBe(8);
    });

    test('L20 what remains of a session replaces every entry before it, and nothing of another', async () => {
      await store.create(id('b'), 1);
      await store.append({ session: id('b'), expect: 0, entries: [entry('of another')] });
      await append(0, entry('1'), entry('2', 'update'), entry('3', 'snapshot'), entry('4', 'update'));
      expect(await append(4, entry('5'), entry('6', 'remains'))).toEqual({ ok: true, head: 6 });
      expect(await all()).toEqual(['6 remains 6']);
      expect(await all(id('b'))).toEqual(['1 event of another']);
      expect(await append(6, entry('7'))).toEqual({ ok: true, head: 7 });
      expect(await all()).toEqual(['6 remains 6', '7 event 7']);
    });

    test('L7 a refused snapshot replaces nothing', async () => {
      await append(0, entry('1', 'update'));
      await append(0, entry('late', 'snapshot'));
      faults.set('commit', 'disk-full', 1);
      await append(1, entry('no room', 'snapshot'));
      expect(await all()).toEqual(['1 update 1']);
    });

    test('L7 updates survive when most of their table was given back', async () => {
      const busy = id('busy');
      await store.create(busy, 1);
      await append(0, ...Array.from({ length: 20 }, (_, index) => entry(`kept ${index}`, 'update')));
      for (let turn = 0; turn < 5; turn += 1) {
        await store.append({
          session: busy,
          expect: turn * 101,
          entries: [
            ...Array.from({ length: 100 }, (_, index) => entry(`${index}`, 'update')),
            entry('all', 'snapshot'),
          ],
        });
      }
      // An erasure is answered after the wipe, in which room is given back.
      await store.create(id('c'), 1);
      await store.erase(id('c'));
      expect(await all()).toEqual(
        Array.from({ length: 20 }, (_, index) => `${index + 1} update kept ${index}`),
      );
      expect(await append(20, entry('next', 'update'))).toEqual({ ok: true, head: 21 });
      expect(await all(a, 20)).toEqual(['20 update kept 19', '21 update next']);
      expect(await all(busy)).toEqual(['505 snapshot all']);
    });

    test('L9 an erased session is gone everywhere', async () => {
      await append(0, entry('1'), entry('2', 'update'), entry('3', 'snapshot'));
      expect(await store.erase(a)).toEqual({ ok: true, existed: true });
      expect(await all()).toEqual([]);
      expect(await store.get(a)).toEqual({ ok: true, value: null });
      expect(await store.list({ limit: 10 })).toEqual({ ok: true, value: [] });
      expect(await append(3, entry('4'))).toEqual({ ok: false, why: 'gone', head: 0 });
      expect(await append(0, entry('1'))).toEqual({ ok: false, why: 'gone', head: 0 });
      expect(await store.erase(a)).toEqual({ ok: true, existed: false });
      expect(await store.erase(id('nobody'))).toEqual({ ok: true, existed: false });
      expect(await store.append({ session: id('nobody'), expect: 0, entries: [] })).toEqual({
        ok: false,
        why: 'gone',
        head: 0,
      });
    });

    test('L10 sessions are listed in byte order of their ids, in pages', async () => {
      const raw = ['b', 'B', 'a1', 'Z', 'é', 'aa', '0', '\u{1F600}', '\uFF5E'];
      await Promise.all(raw.map((each) => store.create(id(each), 1)));
      await store.erase(id('aa'));
      const wanted = ['a', ...raw.filter((each) => each !== 'aa')].sort((one, other) =>
        Buffer.compare(Buffer.from(one), Buffer.from(other)),
      );
      const found: SessionId[] = [];
      for (let after: SessionId | undefined; ; after = found.at(-1)) {
        const page = await store.list({ limit: 2, ...(after === undefined ? {} : { after }) });
        if (!page.ok) throw new Error(page.error);
        found.push(...page.value.map(({ session }) => session));
        if (page.value.length < 2) break;
      }
      expect(found).toEqual(wanted);
    });

    test('L11 what was accepted cannot be changed from outside', async () => {
      const backing = new TextEncoder().encode('..mine..');
      const pending = append(0, { at: 1, kind: 'event', body: backing.subarray(2, 6) });
      backing.fill(120);
      await pending;
      const first = await store.read(a, 1, 1);
      if (first.ok) first.value[0]?.body.fill(120);
      expect(await all()).toEqual(['1 event mine']);
    });

    for (const reason of ['disk-full', 'read-only', 'busy', 'damaged'] as const) {
      for (const step of ['begin', 'write', 'commit'] as const) {
        test(`L12 ${reason} at ${step} is an answer, writes nothing, and passes`, async () => {
          await append(0, entry('1'));
          faults.set(step, reason);
          expect(await append(1, entry('2'))).toEqual({ ok: false, why: 'cannot-write', reason });
          expect([await all(), await store.ping()]).toEqual([['1 event 1'], true]);
          faults.clear(step);
          expect(await append(1, entry('2'))).toEqual({ ok: true, head: 2 });
        });
      }
    }

    test('L12 a chain that met a full disk falls whole', async () => {
      faults.set('commit', 'disk-full', 1);
      const first = append(0, entry('1'));
      await Promise.resolve().then(() => Promise.resolve());
      const second = append(1, entry('2'));
      expect(await first).toEqual({ ok: false, why: 'cannot-write', reason: 'disk-full' });
      expect((await second).ok).toBe(false);
      expect(await all()).toEqual([]);
    });

    test('L12 a read that fails is an answer', async () => {
      faults.set('read', 'damaged', 1);
      expect(await store.read(a, 1, 1)).toEqual({ ok: false, error: 'damaged' });
      faults.set('read', 'io', 2);
      expect(await store.get(a)).toEqual({ ok: false, error: 'io' });
      expect(await store.list({ limit: 1 })).toEqual({ ok: false, error: 'io' });
      expect((await store.get(a)).ok).toBe(true);
    });

    test('L13 after a failed disk nothing more is accepted until the store is opened anew', async () => {
      faults.set('commit', 'io', 1);
      const io = { ok: false, why: 'cannot-write', reason: 'io' };
      expect(await append(0, entry('1'))).toEqual(io);
      expect(await append(0, entry('1'))).toEqual(io);
      expect(await store.create(id('b'), 1)).toEqual(io);
      expect(await store.erase(a)).toEqual(io);
      expect(await store.ping()).toBe(false);
      await store.close();
      store = await current.open(faults);
      expect(await append((await head()) ?? -1, entry('1'))).toMatchObject({ ok: true });
    });

    test('L15 close writes what was asked for; later calls are told; all is there when opened again', async () => {
      const pending = Array.from({ length: 50 }, (_, index) => append(index, entry(`${index}`)));
      await store.close();
      expect((await Promise.all(pending)).every(({ ok }) => ok)).toBe(true);
      const closed = { ok: false, why: 'cannot-write', reason: 'closed' };
      expect([await append(50), await store.create(id('b'), 1), await store.erase(a)]).toEqual([
        closed,
        closed,
        closed,
      ]);
      expect([await store.read(a, 1, 1), await store.get(a), await store.list({ limit: 1 })]).toEqual(
        Array.from({ length: 3 }, () => ({ ok: false, error: 'closed' })),
      );
      expect(await store.ping()).toBe(false);
      await store.close();
      store = await current.open(faults);
      expect([await head(), (await all()).length, (await all(a, 50))[0]]).toEqual([50, 50, '50 event 49']);
    });
  });
}
