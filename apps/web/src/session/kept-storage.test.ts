import { describe, expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';
import { createFakeStorage } from './fake-storage.ts';
import { createKeptStorage, type SharedPhone } from './kept-storage.ts';
import { createListeners } from './listeners.ts';

const KEY = 'mend:s1:drafts';

function phone(shared: 'on' | 'off') {
  const listeners = createListeners();
  let now = shared;
  const sharedPhone: SharedPhone = { read: () => now, subscribe: listeners.add };
  return {
    sharedPhone,
    become(next: 'on' | 'off') {
      now = next;
      listeners.tell();
    },
  };
}

describe('where unsent words are kept', () => {
  const words = { turn: 't1', words: 'not sent', whole: 'not sent' };

  it('is the tab on an own phone', () => {
    const storage = createFakeStorage();
    const { sharedPhone } = phone('off');
    const drafts = createDrafts({
      storage: createKeptStorage({ storage, sharedPhone, keys: [KEY] }),
      session: 's1',
    });
    drafts.save(words);
    expect(storage.items.get(KEY)).toContain('not sent');
    expect(drafts.surviveReload()).toBe(true);
  });

  it('is memory alone on a shared phone, and that is known', () => {
    const storage = createFakeStorage();
    const { sharedPhone } = phone('on');
    const drafts = createDrafts({
      storage: createKeptStorage({ storage, sharedPhone, keys: [KEY] }),
      session: 's1',
    });
    drafts.save(words);
    expect(storage.items.size).toBe(0);
    expect(drafts.list()).toHaveLength(1);
    expect(drafts.surviveReload()).toBe(false);
  });

  it('is emptied when the phone becomes a shared one, and when it is one at the start', () => {
    const storage = createFakeStorage();
    const { sharedPhone, become } = phone('off');
    const kept = createKeptStorage({ storage, sharedPhone, keys: [] });
    kept.setItem(KEY, 'words');
    storage.setItem('another page', 'stays');
    become('on');
    expect([...storage.items.keys()]).toEqual(['another page']);

    storage.setItem(KEY, 'words');
    createKeptStorage({ storage, sharedPhone, keys: [KEY] });
    expect([...storage.items.keys()]).toEqual(['another page']);
  });

  it('does not read on a shared phone what was left there', () => {
    const storage = createFakeStorage();
    storage.setItem(KEY, 'words');
    const kept = createKeptStorage({ storage, sharedPhone: phone('on').sharedPhone, keys: [] });
    expect(kept.getItem(KEY)).toBeNull();
  });
});
