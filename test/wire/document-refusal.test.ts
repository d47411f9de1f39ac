/** W91 The web client's document channel after a refusal: the words are kept, and it begins anew. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { DocumentView } from '../../apps/web/src/session/document-client.ts';
import { drafts, live, refusals, server, turn, until } from '../support/document-scene.ts';

describe('after a refusal', () => {
  it('W91 keeps the words as a draft, begins anew, and can write them in a later turn', async () => {
    server.write('said ');
    const client = await live();
    const first = client.view();
    client.textOf(turn).insert(5, 'kept ');
    await until(() => expect(server.text()).toBe('said kept '));
    client.saved(first.clientId, 5);
    server.refuse = { code: 4403, reason: 'not-your-turn: the turn has moved on' };
    const flushed = vi.fn(() => client.textOf(turn).insert(10, 'lost words'));
    client.beforeLeaving(flushed);
    const oldDoc = client.doc();
    const views: DocumentView[] = [];
    client.subscribe(() => views.push(client.view()));
    client.textOf(turn).insert(10, 'and ');
    await until(() => expect(refusals).toHaveLength(1));

    expect(flushed).toHaveBeenCalledTimes(1);
    expect(refusals[0]).toMatchObject({ closeCode: 4403, code: 'not-your-turn' });
    expect(drafts.list()).toMatchObject([
      { turn, words: 'lost wordsand ', whole: 'said kept lost wordsand ' },
    ]);
    expect(client.doc()).not.toBe(oldDoc);
    expect(views.find(({ generation }) => generation === 1)).toMatchObject({
      synced: false,
      status: 'refused',
    });
    expect(client.view().clientId).not.toBe(first.clientId);

    server.refuse = null;
    await until(() => expect(client.view()).toMatchObject({ status: 'live', synced: true, saved: true }));
    expect(client.textOf(turn).toString()).toBe('said kept ');
    const [draft] = drafts.list();
    client.textOf('t-2').insert(0, draft?.words ?? '');
    await until(() => expect(server.doc.getText('turn:t-2').toString()).toBe('lost wordsand '));
  });

  it('W91 corrects the draft by what the server turns out to have', async () => {
    const client = await live();
    // Accepted, but nobody said so.
    client.textOf(turn).insert(0, 'accepted ');
    await until(() => expect(server.text()).toBe('accepted '));
    server.refuse = { code: 4403, reason: 'not-your-turn: the turn has moved on' };
    client.textOf(turn).insert(9, 'refused');
    await until(() => expect(refusals).toHaveLength(1));
    expect(refusals[0]?.drafts[0]?.words).toBe('accepted refused');
    await until(() => expect(client.view().status).toBe('live'));
    expect(drafts.list()).toMatchObject([{ words: 'refused', whole: 'accepted refused' }]);
  });

  it('W91 leaves no draft where the server has every word', async () => {
    const client = await live();
    client.textOf(turn).insert(0, 'all of it');
    await until(() => expect(server.text()).toBe('all of it'));
    server.refuse = { code: 4403, reason: 'not-your-turn: too late' };
    client.textOf(turn).delete(0, 3);
    await until(() => expect(refusals).toHaveLength(1));
    await until(() => expect(client.view().status).toBe('live'));
    expect(drafts.list()).toEqual([]);
    expect(client.textOf(turn).toString()).toBe('all of it');
  });

  it.each([4400, 4413, 1009])('W91 begins anew after %i too', async (code) => {
    const client = await live();
    server.refuse = { code, reason: 'too-large: too much at once' };
    client.textOf(turn).insert(0, 'words');
    await until(() => expect(refusals).toMatchObject([{ closeCode: code, code: 'too-large' }]));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 1 }));
    expect(drafts.list()).toMatchObject([{ words: 'words' }]);
  });

  it('W91 begins anew when Yjs gives the document another clientID', async () => {
    const client = await live();
    const { clientId } = client.view();
    const twin = new Y.Doc();
    twin.clientID = clientId;
    twin.getText(`turn:${turn}`).insert(0, 'from a copy of this tab');
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(twin));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 1 }));
    expect(client.doc().clientID).toBe(client.view().clientId);
    expect(client.view().clientId).not.toBe(clientId);
    expect(refusals).toMatchObject([{ code: 'foreign-client' }]);
  });

  it('W91 does not knock without end when it is refused again and again', async () => {
    const client = await live();
    server.refuse = { code: 4403, reason: 'not-your-turn: no' };
    for (let generation = 1; generation <= 2; generation += 1) {
      await until(() => expect(client.view().synced).toBe(true));
      client.textOf(turn).insert(0, `${generation}`);
      await until(() => expect(client.view().generation).toBe(generation));
    }
    expect(drafts.list().map(({ words }) => words)).toEqual(['1', '2']);
    expect(client.view().status).toBe('refused');
    const connections = server.paths.length;
    client.wake();
    expect(server.paths).toHaveLength(connections);
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths).toHaveLength(connections + 1);
  });
});
