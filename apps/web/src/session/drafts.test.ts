import { describe, expect, it, vi } from 'vitest';
import { createDrafts } from './drafts.ts';
import { createFakeStorage } from './fake-storage.ts';

const some = { turn: 't-1', words: 'unsent', whole: 'all of it, unsent' };

describe('drafts', () => {
  it('outlive a reload of the tab, in order', () => {
    const storage = createFakeStorage();
    const before = createDrafts({ storage, session: 's', now: () => 7 });
    before.save(some);
    before.save({ ...some, turn: 't-2' });
    const after = createDrafts({ storage, session: 's' });
    expect(after.list()).toEqual(before.list());
    expect(after.list().map(({ turn, savedAt }) => [turn, savedAt])).toEqual([
      ['t-1', 7],
      ['t-2', 7],
    ]);
    expect(after.surviveReload()).toBe(true);
  });

  it('are another session’s alone', () => {
    const storage = createFakeStorage();
    createDrafts({ storage, session: 's' }).save(some);
    expect(createDrafts({ storage, session: 'other' }).list()).toEqual([]);
  });

  it('stay in memory on a shared phone', () => {
    const drafts = createDrafts({ storage: null, session: 's' });
    drafts.save(some);
    expect(drafts.list()).toHaveLength(1);
    expect(drafts.surviveReload()).toBe(false);
    expect(createDrafts({ storage: null, session: 's' }).list()).toEqual([]);
  });

  it('that were shown once stay so, also where they come back by another way, alone or among others', () => {
    const storage = createFakeStorage();
    const drafts = createDrafts({ storage, session: 's' });
    const lost = drafts.save({ ...some, words: 'seen', wasShown: true });
    drafts.discard(lost?.id ?? '');
    expect(drafts.save({ ...some, words: 'seen' })?.wasShown).toBe(true);
    expect(drafts.save({ ...some, words: 'it was seen, and more' })?.wasShown).toBe(true);
    expect(drafts.save({ ...some, words: 'unseen ' })?.wasShown).toBe(true);
    expect(drafts.save({ ...some, words: 'mine alone' })?.wasShown).toBe(false);
    const after = createDrafts({ storage, session: 's' });
    expect(after.save({ ...some, turn: 't-2', words: 'seen' })?.wasShown).toBe(true);
    expect(after.save({ ...some, words: 'mine alone', wasShown: true })?.wasShown).toBe(true);
    after.clear();
    expect(after.save({ ...some, words: 'seen' })?.wasShown).toBe(false);
  });

  it('are kept once, and not at all without words', () => {
    const drafts = createDrafts({ storage: null, session: 's' });
    expect(drafts.save(some)).toBe(drafts.save(some));
    expect(drafts.save({ ...some, words: ' \n' })).toBeNull();
    expect(drafts.list()).toHaveLength(1);
  });

  it('are revised, discarded and cleared, and leave nothing behind', () => {
    const storage = createFakeStorage();
    const drafts = createDrafts({ storage, session: 's' });
    const one = drafts.save(some);
    const two = drafts.save({ ...some, words: 'two' });
    drafts.revise(one?.id ?? '', 'less');
    expect(
      createDrafts({ storage, session: 's' })
        .list()
        .map(({ words }) => words),
    ).toEqual(['less', 'two']);
    drafts.revise(one?.id ?? '', '');
    drafts.revise('unknown', 'x');
    expect(drafts.list().map(({ words }) => words)).toEqual(['two']);
    drafts.discard(two?.id ?? '');
    expect(storage.items.size).toBe(0);
    drafts.save(some);
    drafts.clear();
    expect([drafts.list(), storage.items.size]).toEqual([[], 0]);
  });

  it('tell of a change, and are the same list until then', () => {
    const drafts = createDrafts({ storage: null, session: 's' });
    const told = vi.fn();
    const stop = drafts.subscribe(told);
    const list = drafts.list();
    drafts.discard('unknown');
    expect([drafts.list() === list, told.mock.calls.length]).toEqual([true, 0]);
    drafts.save(some);
    expect([drafts.list() === list, told.mock.calls.length]).toEqual([false, 1]);
    stop();
    drafts.clear();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('survive a storage that holds anything else', () => {
    const good = { id: 'i', turn: 't', words: 'w', whole: 'w', savedAt: 1 };
    const broken: readonly [string, number][] = [
      ['{', 0],
      ['null', 0],
      ['[]', 0],
      ['{"version":2,"drafts":[]}', 0],
      ['{"version":1,"drafts":"x"}', 0],
      [JSON.stringify({ version: 1, drafts: [{ id: 1 }, good, null] }), 1],
    ];
    for (const [raw, readable] of broken) {
      const storage = createFakeStorage();
      storage.setItem('mend:s:drafts', raw);
      const drafts = createDrafts({ storage, session: 's' });
      expect(drafts.list()).toHaveLength(readable);
      drafts.save(some);
      expect(createDrafts({ storage, session: 's' }).list()).toHaveLength(readable + 1);
    }
  });

  it('survive a storage that throws at everything', () => {
    const refuse = (): never => {
      throw new Error('SecurityError');
    };
    const drafts = createDrafts({
      storage: { getItem: refuse, setItem: refuse, removeItem: refuse },
      session: 's',
    });
    drafts.save(some);
    expect([drafts.list().length, drafts.surviveReload()]).toEqual([1, false]);
    drafts.clear();
    expect(drafts.list()).toEqual([]);
  });

  it('store the newest that fit, and keep all in memory', () => {
    const storage = createFakeStorage(600);
    const drafts = createDrafts({ storage, session: 's' });
    for (let index = 0; index < 6; index += 1) drafts.save({ ...some, words: `${index} ${'x'.repeat(60)}` });
    expect([drafts.list().length, drafts.surviveReload()]).toEqual([6, false]);
    const after = createDrafts({ storage, session: 's' }).list();
    expect(after.length).toBeGreaterThan(0);
    expect(after.at(-1)?.words.startsWith('5')).toBe(true);
  });

  it('are bounded', () => {
    const drafts = createDrafts({ storage: null, session: 's' });
    for (let index = 0; index < 60; index += 1) drafts.save({ ...some, words: `${index}` });
    expect(drafts.list()).toHaveLength(40);
    expect(drafts.list().at(-1)?.words).toBe('59');
  });
});
