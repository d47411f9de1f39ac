import { type Command, turnId, type View } from '@mend/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Said } from './control-client.ts';
import type { DocumentView } from './document-client.ts';
import { createFakeStorage, type FakeStorage } from './fake-storage.ts';
import { sampleView } from './fake-wire.ts';
import { createPen } from './pen.ts';

const TURN = turnId('t1');

function scene(storage: FakeStorage = createFakeStorage(), clientId = 7) {
  let view: View = sampleView();
  const document: { -readonly [K in keyof DocumentView]: DocumentView[K] } = {
    status: 'live',
    synced: true,
    saved: true,
    generation: 0,
    clientId,
    present: [],
  };
  const said: Command[] = [];
  let answer: Said = { ok: true };
  let fresh: () => Promise<boolean> = () => Promise.resolve(true);
  const pen = createPen({
    control: {
      view: () => view,
      say(command) {
        said.push(command);
        if (answer.ok && command.type === 'turn.here') floor(command.clientId);
        return Promise.resolve(answer);
      },
    },
    document: { view: () => document, refresh: () => fresh() },
    storage,
    session: 's1',
  });
  function floor(holds: number | null, status: View['floor']['status'] = 'held'): void {
    view = sampleView({ floor: { status, holder: 'partnerA', turn: TURN, pen: holds } });
    pen.follow();
  }
  return {
    pen,
    said,
    document,
    floor,
    refuse: (code: 'not-now') => {
      answer = { ok: false, code };
    },
    slowly: (promise: Promise<boolean>) => {
      fresh = () => promise;
    },
  };
}

describe('the pen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is nobody’s business while it is another’s turn', () => {
    const { pen } = scene();
    pen.follow();
    expect(pen.state()).toBe('none');
  });

  it('is ready where nobody has written, and where this connection has', () => {
    const { pen, floor } = scene();
    floor(null);
    expect(pen.state()).toBe('ready');
    floor(7);
    expect(pen.state()).toBe('ready');
  });

  it('is not taken from another device unasked', async () => {
    const { pen, floor, said } = scene();
    floor(99);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(pen.state()).toBe('elsewhere');
    expect(said).toEqual([]);
    expect(pen.isOurs()).toBe(false);
  });

  it('is taken when its person says so, and ready only when every word is here', async () => {
    const { pen, floor, said, slowly } = scene();
    let arrive: (here: boolean) => void = () => {};
    slowly(
      new Promise((resolve) => {
        arrive = resolve;
      }),
    );
    floor(99);
    const taken = pen.take();
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toEqual([{ type: 'turn.here', clientId: 7 }]);
    expect(pen.state()).toBe('taking');
    arrive(true);
    expect(await taken).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(pen.state()).toBe('ready');
  });

  it('comes back by itself after a reload of the same tab', async () => {
    const storage = createFakeStorage();
    const before = scene(storage, 7);
    before.floor(null);
    before.pen.claim();

    const after = scene(storage, 8);
    after.floor(7);
    await vi.advanceTimersByTimeAsync(0);
    expect(after.said).toEqual([{ type: 'turn.here', clientId: 8 }]);
    expect(after.pen.state()).toBe('ready');
  });

  it('comes back by itself after a fresh document', async () => {
    const { pen, floor, document, said } = scene();
    floor(null);
    pen.claim();
    floor(7);
    document.clientId = 8;
    document.generation = 1;
    pen.follow();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(said).toEqual([{ type: 'turn.here', clientId: 8 }]);
    expect(pen.state()).toBe('ready');
  });

  it('does not win the pen back from another device whose view comes after the refusal', async () => {
    const { pen, floor, document, said } = scene();
    floor(null);
    pen.claim();
    floor(7);
    document.clientId = 8;
    document.generation = 1;
    pen.follow();
    await vi.advanceTimersByTimeAsync(500);
    floor(99);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said).toEqual([]);
    expect(pen.state()).toBe('elsewhere');
  });

  it('waits with that until the turn can be written in, and the document is here', async () => {
    const storage = createFakeStorage();
    storage.setItem('mend:pen:s1', '[7]');
    const { pen, floor, document, said } = scene(storage, 8);
    document.synced = false;
    floor(7);
    expect(pen.state()).toBe('taking');
    document.synced = true;
    floor(7, 'frozen');
    expect(said).toEqual([]);
    floor(7);
    expect(said).toHaveLength(1);
  });

  it('tries again a little later when it was not given', async () => {
    const storage = createFakeStorage();
    storage.setItem('mend:pen:s1', '[7]');
    const { floor, said, refuse } = scene(storage, 8);
    refuse('not-now');
    floor(7);
    await vi.advanceTimersByTimeAsync(500);
    expect(said).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(said).toHaveLength(2);
  });

  it('forgets on leaving', () => {
    const storage = createFakeStorage();
    const { pen, floor } = scene(storage);
    floor(null);
    pen.claim();
    expect(storage.items.size).toBe(1);
    pen.forget();
    expect(storage.items.size).toBe(0);
  });
});
