import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createDrafts } from './drafts.ts';
import { createFakeStorage } from './fake-storage.ts';
import { mirrorUnsent, returnUnsent } from './unsent-mirror.ts';
import { planReturn } from './unsent-return.ts';
import { createUnsentWords } from './unsent-words.ts';

const turn = 't-1';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('unsent words', () => {
  it('are mirrored at most once in a quarter of a second, the last ones', () => {
    const storage = createFakeStorage();
    const unsent = createUnsentWords({ storage, session: 's' });
    for (const whole of ['a', 'ab', 'abc']) unsent.keep({ turn, whole, base: '' });
    expect(storage.writes).toBe(0);
    vi.advanceTimersByTime(250);
    expect(storage.writes).toBe(1);
    expect(createUnsentWords({ storage, session: 's' }).left()).toEqual({ turn, whole: 'abc', base: '' });
  });

  it('are written at once when the page is hidden', () => {
    const storage = createFakeStorage();
    const unsent = createUnsentWords({ storage, session: 's' });
    unsent.keep({ turn, whole: 'a', base: '' });
    unsent.flush();
    unsent.flush();
    expect([storage.writes, storage.items.size]).toEqual([1, 1]);
  });

  it('are gone once they are saved', () => {
    const storage = createFakeStorage();
    const unsent = createUnsentWords({ storage, session: 's' });
    unsent.keep({ turn, whole: 'a', base: '' });
    unsent.flush();
    unsent.keep({ turn, whole: 'ab', base: '' });
    unsent.saved();
    vi.runAllTimers();
    expect(storage.items.size).toBe(0);
  });

  it('of an earlier page are not lost by what this one saves, until they are forgotten', () => {
    const storage = createFakeStorage();
    const before = createUnsentWords({ storage, session: 's' });
    before.keep({ turn, whole: 'a', base: '' });
    before.flush();
    const after = createUnsentWords({ storage, session: 's' });
    after.saved();
    expect(createUnsentWords({ storage, session: 's' }).left()).not.toBeNull();
    after.forget();
    expect([after.left(), storage.items.size]).toEqual([null, 0]);
  });

  it('that the server lost are left as an earlier page leaves them, also for the page after a reload', () => {
    const storage = createFakeStorage();
    const unsent = createUnsentWords({ storage, session: 's' });
    const lost = { turn, whole: 'lost', base: '' };
    unsent.leave(lost);
    expect(unsent.left()).toEqual(lost);
    unsent.saved();
    expect(createUnsentWords({ storage, session: 's' }).left()).toEqual(lost);
    unsent.forget();
    expect(createUnsentWords({ storage, session: 's' }).left()).toBeNull();
  });

  it('tolerate what is no longer readable, and a phone that keeps nothing', () => {
    const storage = createFakeStorage();
    storage.setItem('mend:s:unsent', '{"version":1,"turn":3}');
    expect(createUnsentWords({ storage, session: 's' }).left()).toBeNull();
    const none = createUnsentWords({ storage: null, session: 's' });
    none.keep({ turn, whole: 'a', base: '' });
    none.flush();
    expect(none.left()).toBeNull();
  });
});

describe('what comes back', () => {
  const back = (server: string, whole: string, base = '', mayWrite = true) =>
    planReturn({ turn, whole, base }, server, mayWrite);

  it('is nothing where the server has all', () => {
    expect(back('abc', 'abc')).toEqual({ kind: 'nothing' });
    expect(back('abc and more', 'abc', '', false)).toEqual({ kind: 'nothing' });
  });

  it('is the words that the server lacks, where they were', () => {
    expect(back('I felt', 'I felt alone', 'I')).toEqual({
      kind: 'edit',
      edit: { at: 6, remove: 0, insert: ' alone' },
    });
  });

  it('is a deletion too, where the server has exactly what was last saved', () => {
    expect(back('I never said', 'I said', 'I never said')).toMatchObject({ kind: 'edit' });
  });

  it('is never at the cost of words from another device', () => {
    expect(back('I felt ALONE', 'I felt sad', 'I felt')).toEqual({
      kind: 'draft',
      words: 'sad',
      whole: 'I felt sad',
    });
  });

  it('is a private draft where the turn has moved on', () => {
    expect(back('I felt', 'I felt alone', 'I', false)).toEqual({
      kind: 'draft',
      words: ' alone',
      whole: 'I felt alone',
    });
    expect(back('I never said', 'I said', 'I never said', false)).toEqual({ kind: 'nothing' });
  });

  it('is what the writer saw, whatever part of the typing had arrived', () => {
    const typed = fc.array(fc.constantFrom('a', 'b', ' ', '😀', 'é'), { maxLength: 30 });
    fc.assert(
      fc.property(typed, fc.nat(), fc.nat(), (letters, saved, arrived) => {
        const upTo = (count: number) => letters.slice(0, count % (letters.length + 1)).join('');
        const whole = letters.join('');
        const server = upTo(arrived);
        const plan = back(server, whole, upTo(Math.min(saved, arrived)));
        if (plan.kind === 'nothing') expect(server).toBe(whole);
        else if (plan.kind === 'edit') {
          const { at, remove, insert } = plan.edit;
          expect(server.slice(0, at) + insert + server.slice(at + remove)).toBe(whole);
        } else expect.unreachable();
      }),
    );
  });
});

describe('around the document', () => {
  const setUp = (server = '') => {
    const doc = new Y.Doc();
    const text = doc.getText(`turn:${turn}`);
    text.insert(0, server);
    let saved = true;
    let listener = (): void => {};
    const storage = createFakeStorage();
    const client = {
      isSaved: () => saved,
      subscribe(added: () => void) {
        listener = added;
        return () => {};
      },
      textOf: () => text,
      doc: () => doc,
      refresh: vi.fn(async () => true),
      view: () => ({
        status: 'live' as const,
        synced: true,
        saved,
        generation: 0,
        clientId: doc.clientID,
        present: [],
      }),
    };
    return {
      text,
      client,
      storage,
      unsent: createUnsentWords({ storage, session: 's' }),
      drafts: createDrafts({ storage: null, session: 's' }),
      save(now: boolean) {
        saved = now;
        listener();
      },
    };
  };

  it('mirrors while something is unsaved, half-composed words too', () => {
    const { text, client, storage, unsent, save } = setUp('saved');
    let field = 'saved';
    const mirror = mirrorUnsent({ client, unsent, turn, words: () => field });
    mirror.touch();
    field = 'saved 日';
    mirror.touch();
    unsent.flush();
    expect(createUnsentWords({ storage, session: 's' }).left()).toEqual({
      turn,
      whole: field,
      base: 'saved',
    });
    text.insert(5, ' 日');
    save(false);
    expect(storage.items.size).toBe(1);
    save(true);
    expect(storage.items.size).toBe(0);
  });

  it('takes the pen, looks again, and puts the words back', async () => {
    const { text, client, storage, unsent, drafts } = setUp('I felt');
    unsent.keep({ turn, whole: 'I felt alone', base: 'I' });
    unsent.flush();
    const after = createUnsentWords({ storage, session: 's' });
    const takePen = vi.fn(async () => {
      // The old page's last frame arrives before the pen has moved.
      text.insert(6, ' al');
      return true;
    });
    const options = { client, unsent: after, drafts, mayWrite: () => true, takePen, origin: 'return' };
    expect(await returnUnsent(options)).toBe('edit');
    expect(text.toString()).toBe('I felt alone');
    expect(takePen.mock.invocationCallOrder[0]).toBeLessThan(client.refresh.mock.invocationCallOrder[0] ?? 0);
    // Not saved yet: the next reload must find them again.
    expect(createUnsentWords({ storage, session: 's' }).left()?.whole).toBe('I felt alone');
    expect(after.left()).toBeNull();
  });

  it('makes a draft where the turn is over, and waits where there is no answer', async () => {
    const { text, client, storage, unsent, drafts } = setUp('I felt');
    unsent.keep({ turn, whole: 'I felt alone', base: 'I' });
    unsent.flush();
    const after = createUnsentWords({ storage, session: 's' });
    const takePen = vi.fn(async () => false);
    const options = { client, unsent: after, drafts, takePen, origin: 'return' };
    expect(await returnUnsent({ ...options, mayWrite: () => true })).toBe('later');
    client.refresh.mockResolvedValueOnce(false);
    expect(await returnUnsent({ ...options, mayWrite: () => false })).toBe('later');
    expect(after.left()).not.toBeNull();
    expect(await returnUnsent({ ...options, mayWrite: () => false })).toBe('draft');
    expect(text.toString()).toBe('I felt');
    expect(drafts.list()).toMatchObject([{ turn, words: ' alone', whole: 'I felt alone' }]);
    expect([after.left(), storage.items.size]).toEqual([null, 0]);
    expect(await returnUnsent({ ...options, mayWrite: () => false })).toBe('nothing');
  });
});
