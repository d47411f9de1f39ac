/** W90 The web client's document channel in the ordinary way, and what it calls saved. */
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createDocumentClient } from '../../apps/web/src/session/document-client.ts';
import { clients, connect, drafts, live, server, turn, until } from '../support/document-scene.ts';

describe('in the ordinary way', () => {
  it('W90 connects with its token, syncs, and writes', async () => {
    server.write('before ');
    const client = connect();
    expect(client.view()).toMatchObject({ status: 'connecting', synced: false, saved: true });
    await until(() => expect(client.view()).toMatchObject({ status: 'live', synced: true }));
    expect(server.paths).toEqual(['/sync/session?token=secret']);
    expect(client.textOf(turn).toString()).toBe('before ');
    client.textOf(turn).insert(7, 'after');
    await until(() => expect(server.text()).toBe('before after'));
    expect(Y.decodeStateVector(Buffer.from(client.stateVector(), 'base64')).get(client.view().clientId)).toBe(
      5,
    );
  });

  it('W90 sends no token where a cookie speaks for the seat', async () => {
    const client = createDocumentClient({ serverUrl: server.url, sessionId: 'session', drafts });
    clients.push(client);
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths).toEqual(['/sync/session']);
  });

  it('W90 tells its listeners of changes alone', async () => {
    const client = await live();
    const told = vi.fn();
    const stop = client.subscribe(told);
    const view = client.view();
    client.saved(1, 1);
    expect([client.view() === view, told.mock.calls.length]).toEqual([true, 0]);
    client.textOf(turn).insert(0, 'a');
    expect(told).toHaveBeenCalledTimes(1);
    client.textOf(turn).insert(0, 'b');
    expect(told).toHaveBeenCalledTimes(1);
    stop();
  });

  it('W90 shows the seats that the server says are there, also after a reconnect with the same entries', async () => {
    const client = await live();
    const alex = { user: { seat: 'partnerB', name: 'Alex' } };
    server.show(7, 3, { ...alex, more: true });
    server.show(8, 3, alex);
    server.show(9, 3, { user: { seat: 'stranger', name: 'X' } });
    server.show(10, 3, { user: { seat: 'partnerA' } });
    await until(() => expect(client.view().present).toEqual([{ seat: 'partnerB', name: 'Alex' }]));
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    expect(client.view().present).toHaveLength(1);
    await until(() => expect(server.paths).toHaveLength(2));
    await until(() => expect(client.view().status).toBe('live'));
    server.show(7, 3, alex);
    await until(() => expect(client.view().present).toEqual([{ seat: 'partnerB', name: 'Alex' }]));
  });
});

describe('saved', () => {
  it('W90 follows the control channel for words', async () => {
    const client = await live();
    client.textOf(turn).insert(0, 'abc');
    expect([client.isSaved(), client.view().saved]).toEqual([false, false]);
    expect(client.unsavedWords()).toEqual([{ turn, words: 'abc', whole: 'abc' }]);
    client.saved(client.view().clientId + 1, 3);
    client.saved(client.view().clientId, 2);
    expect(client.unsavedWords()).toEqual([{ turn, words: 'c', whole: 'abc' }]);
    client.saved(client.view().clientId, 3);
    expect([client.isSaved(), client.view().saved, client.unsavedWords()]).toEqual([true, true, []]);
  });

  it('W90 is asked for on the document’s own connection where the control channel says nothing', async () => {
    const client = await live({ confirmAfter: 20 });
    client.textOf(turn).insert(0, 'abc');
    client.textOf(turn).delete(1, 1);
    await until(() => expect(client.view().saved).toBe(true));
    expect(server.text()).toBe('ac');
  });

  it('W90 does not cover a deletion that is still under way, and can be waited for', async () => {
    const client = await live({ confirmAfter: 60_000 });
    client.textOf(turn).insert(0, 'abc');
    client.textOf(turn).delete(0, 1);
    client.saved(client.view().clientId, 3);
    expect(client.isSaved()).toBe(false);
    expect(await client.whenSaved(5_000)).toBe(true);
    expect(server.text()).toBe('bc');
  });

  it('W90 is not waited for longer than one likes', async () => {
    const client = await live({ confirmAfter: 60_000 });
    server.deaf = true;
    client.textOf(turn).insert(0, 'abc');
    expect(await client.whenSaved(20)).toBe(false);
    expect(await client.refresh(20)).toBe(false);
  });

  it('W90 comes after a reconnect for what was written and deleted offline', async () => {
    server.write('before');
    const client = await live({ confirmAfter: 20 });
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).delete(0, 6);
    client.textOf(turn).insert(0, 'offline');
    expect(client.view()).toMatchObject({ saved: false, synced: true });
    await until(() => expect(client.view()).toMatchObject({ status: 'live', saved: true }));
    expect(server.text()).toBe('offline');
  });

  it('W90 sees what the server had, after refresh', async () => {
    const client = await live();
    server.write('later');
    expect(await client.refresh(5_000)).toBe(true);
    expect(client.textOf(turn).toString()).toBe('later');
  });
});
