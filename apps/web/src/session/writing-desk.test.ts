import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentClient, DocumentView } from './document-client.ts';
import { createDrafts } from './drafts.ts';
import { createFakeField } from './fake-field.ts';
import { createFakeStorage } from './fake-storage.ts';
import { createListeners } from './listeners.ts';
import { createUnsentWords } from './unsent-words.ts';
import { openDesk } from './writing-desk.ts';

function scene(mayArrive = true) {
  const doc = new Y.Doc();
  const leaving = createListeners();
  const view: DocumentView = {
    status: 'live',
    synced: true,
    saved: true,
    generation: 0,
    clientId: doc.clientID,
    present: [],
  };
  let saved = true;
  const client: DocumentClient = {
    view: () => view,
    subscribe: () => () => {},
    beforeLeaving: leaving.add,
    doc: () => doc,
    textOf: (turn) => doc.getText(`turn:${turn}`),
    stateVector: () => '',
    saved: () => {},
    lost: () => [],
    isSaved: () => saved,
    unsavedWords: () => [],
    whenSaved: () => Promise.resolve(true),
    refresh: () => Promise.resolve(true),
    wake: () => {},
    destroy: () => {},
  };
  const storage = createFakeStorage();
  const drafts = createDrafts({ storage, session: 's1' });
  const unsent = createUnsentWords({ storage, session: 's1' });
  const field = Object.assign(createFakeField(), { readOnly: false });
  const shown: string[] = [];
  const desk = openDesk({
    client,
    drafts,
    unsent,
    turn: 't1',
    field,
    mayArrive: () => mayArrive,
    onWords: (words) => shown.push(words),
  });
  return {
    desk,
    field,
    drafts,
    storage,
    text: doc.getText('turn:t1'),
    leave: leaving.tell,
    unsave: () => {
      saved = false;
    },
  };
}

/** Half a word that an input method still composes: in the field, and not yet in the document. */
const compose = (field: ReturnType<typeof scene>['field'], words: string): void => {
  field.dispatch({ type: 'compositionstart' });
  field.put(words);
  field.dispatch({ type: 'input', isComposing: true });
};

describe('the writing desk', () => {
  it('is locked until writing is allowed', () => {
    const { desk, field, text } = scene();
    expect(field.readOnly).toBe(true);
    desk.insert('starter');
    expect(text.toString()).toBe('');
    desk.allow(true);
    desk.insert('starter');
    expect(text.toString()).toBe('starter');
  });

  it('puts half-composed words into the document before it locks', () => {
    const { desk, field, text } = scene();
    desk.allow(true);
    compose(field, 'half');
    expect(text.toString()).toBe('');
    desk.allow(false);
    expect(text.toString()).toBe('half');
    expect(field.readOnly).toBe(true);
  });

  it('does so when its document is given up, and lets go of the field', () => {
    const { desk, field, text, leave } = scene(false);
    desk.allow(true);
    compose(field, 'half');
    leave();
    expect(text.toString()).toBe('half');
    expect(field.readOnly).toBe(true);
    expect(field.listening()).toBe(0);
  });

  it('makes a draft of them where they can no longer be taken', () => {
    const { desk, field, text, drafts } = scene(false);
    desk.allow(true);
    compose(field, 'half');
    desk.close();
    expect(text.toString()).toBe('');
    expect(drafts.list().map(({ words }) => words)).toEqual(['half']);
  });

  it('leaves what is not yet saved mirrored, so that a reload does not lose it', () => {
    const { desk, field, storage, unsave } = scene(false);
    desk.allow(true);
    unsave();
    field.type('on its way');
    desk.close();
    expect(storage.items.get('mend:s1:unsent')).toContain('on its way');
  });
});
