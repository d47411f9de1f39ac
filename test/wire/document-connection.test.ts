/** W92 The web client's document channel when the connection ends, or only looks open. */
import { describe, expect, it, vi } from 'vitest';
import { createListeners } from '../../apps/web/src/session/listeners.ts';
import type { PageSignals } from '../../apps/web/src/session/page-signals.ts';
import { connect, drafts, live, QUERY_AWARENESS, server, turn, until } from '../support/document-scene.ts';

describe('when the connection ends', () => {
  it('W92 comes back by itself after 4503, with the same document', async () => {
    const client = await live();
    const { clientId } = client.view();
    client.textOf(turn).insert(0, 'before ');
    server.closeAll(4503);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).insert(7, 'meanwhile');
    await until(() => expect(server.text()).toBe('before meanwhile'));
    await until(() => expect(client.view()).toMatchObject({ status: 'live', generation: 0, clientId }));
    expect(drafts.list()).toEqual([]);
  });

  it('W92 comes back after 4429, later, with the same document', async () => {
    const client = await live({ slowDown: 50 });
    const { clientId } = client.view();
    server.closeAll(4429);
    await until(() => expect(client.view().status).toBe('reconnecting'));
    client.textOf(turn).insert(0, 'kept');
    await until(() => expect(server.text()).toBe('kept'));
    expect(client.view()).toMatchObject({ generation: 0, clientId });
  });

  it('W92 stays away after 4401, and keeps what was not sent', async () => {
    const client = await live();
    server.deaf = true;
    client.textOf(turn).insert(0, 'unsent');
    server.closeAll(4401);
    await until(() => expect(client.view().status).toBe('gone'));
    expect(drafts.list()).toMatchObject([{ words: 'unsent' }]);
    expect(client.textOf(turn).toString()).toBe('unsent');
    client.wake();
    expect(server.paths).toHaveLength(1);
  });

  it('W92 stays away after 4410, and keeps nothing', async () => {
    const client = await live();
    server.deaf = true;
    client.textOf(turn).insert(0, 'unsent');
    server.closeAll(4410);
    await until(() => expect(client.view().status).toBe('erased'));
    expect([drafts.list(), server.paths.length]).toEqual([[], 1]);
  });
});

describe('a socket that only looks open', () => {
  const times = { tick: 10, quiet: 60_000, answer: 100, open: 100, jump: 60_000 };

  it('W92 is replaced when the page wakes and the server does not answer', async () => {
    const client = await live({ liveness: times });
    server.deaf = true;
    client.wake();
    await until(() => expect(client.view().status).toBe('reconnecting'));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
    expect(server.paths.length).toBeGreaterThan(1);
  });

  it('W92 is left alone when the server answers', async () => {
    const client = await live({ liveness: times });
    const before = server.received.filter((type) => type === QUERY_AWARENESS).length;
    for (let round = 1; round <= 3; round += 1) {
      client.wake();
      await until(() =>
        expect(server.received.filter((type) => type === QUERY_AWARENESS)).toHaveLength(before + round),
      );
      expect(await client.refresh(5_000)).toBe(true);
    }
    expect([client.view().status, server.paths.length]).toEqual(['live', 1]);
  });

  it('W92 is found by itself when it stays quiet', async () => {
    const client = await live({ liveness: { ...times, quiet: 30 } });
    server.deaf = true;
    await until(() => expect(client.view().status).toBe('reconnecting'));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
  });

  it('W92 is looked for after a jump in time', async () => {
    const client = await live({ liveness: { ...times, jump: 10_000 } });
    server.deaf = true;
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 20_000);
    await until(() => expect(client.view().status).toBe('reconnecting'));
  });

  it('W92 is replaced before its first sync, too', async () => {
    server.deaf = true;
    const client = connect({ liveness: { ...times, quiet: 30 } });
    await until(() => expect(server.paths.length).toBeGreaterThan(1));
    server.deaf = false;
    await until(() => expect(client.view().status).toBe('live'));
  });
});

describe('with a page around it', () => {
  it('W92 says that it is offline, and comes back at once when the page wakes', async () => {
    const wake = createListeners();
    const offline = createListeners();
    let online = true;
    const page: PageSignals = {
      online: () => online,
      onWake: wake.add,
      onOffline: offline.add,
      onHide: () => () => {},
      destroy() {},
    };
    const client = await live({
      page,
      liveness: { tick: 10, quiet: 60_000, answer: 50, open: 50, jump: 60_000 },
    });
    server.deaf = true;
    online = false;
    offline.tell();
    await until(() => expect(client.view().status).toBe('offline'));
    server.deaf = false;
    online = true;
    wake.tell();
    await until(() => expect(client.view().status).toBe('live'));
  });
});
