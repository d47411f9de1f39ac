import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createControlClient } from './control-client.ts';
import { createFakeWire, sampleView } from './fake-wire.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the control client', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const start = () => {
    const wire = createFakeWire();
    return { wire, client: createControlClient(wire.open) };
  };

  it('is connecting, live, and reconnecting after a drop', () => {
    const { wire, client } = start();
    const statuses: string[] = [client.status()];
    client.subscribe(() => statuses.push(client.status()));
    wire.connect();
    wire.drop();
    wire.connect();
    expect(statuses).toEqual(['connecting', 'live', 'reconnecting', 'live']);
  });

  it('gives every command an id of its own', async () => {
    const { wire, client } = start();
    wire.connect();
    void client.say({ type: 'pause.end' });
    void client.say({ type: 'pause.end' });
    const ids = wire.sent.map(({ command }) => command.id);
    expect(ids[0]).toMatch(UUID);
    expect(ids[1]).toMatch(UUID);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('answers once the view that shows the effect is here', async () => {
    const { wire, client } = start();
    wire.connect();
    const said = vi.fn();
    void client.say({ type: 'turn.ask', ask: true }).then(said);
    wire.events().view(sampleView({ v: 4 }));
    wire.sent[0]?.answer({ ok: true, v: 5 });
    await vi.advanceTimersByTimeAsync(10);
    expect(said).not.toHaveBeenCalled();
    wire.events().view(sampleView({ v: 5 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toHaveBeenCalledWith({ ok: true });
  });

  it('does not wait without end for a view that does not come', async () => {
    const { wire, client } = start();
    wire.connect();
    const said = client.say({ type: 'pause.end' });
    wire.sent[0]?.answer({ ok: true, v: 9 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await said).toEqual({ ok: true });
  });

  it('gives a refusal back as a value', async () => {
    const { wire, client } = start();
    wire.connect();
    const said = client.say({ type: 'pause.end' });
    wire.sent[0]?.answer({
      ok: false,
      error: { code: 'not-now', message: 'That cannot be done at this moment.' },
    });
    expect(await said).toEqual({ ok: false, code: 'not-now' });
  });

  it('sends what was not answered again after a reconnect, with the same id and in order', async () => {
    const { wire, client } = start();
    wire.connect();
    const first = client.say({ type: 'turn.ask', ask: true });
    const second = client.say({ type: 'turn.ask', ask: false });
    wire.drop();
    // The answer was on its way when the connection went.
    wire.sent[0]?.answer({ ok: true, v: 1 });
    wire.connect();
    expect(wire.sent.slice(2).map(({ command }) => command)).toEqual(
      wire.sent.slice(0, 2).map(({ command }) => command),
    );
    wire.events().view(sampleView({ v: 3 }));
    wire.sent[2]?.answer({ ok: true, v: 2 });
    wire.sent[3]?.answer({ ok: true, v: 3 });
    expect(await first).toEqual({ ok: true });
    expect(await second).toEqual({ ok: true });
  });

  it('sends what was said without a connection once there is one', async () => {
    const { wire, client } = start();
    void client.say({ type: 'pause.end' });
    expect(wire.sent).toHaveLength(0);
    wire.connect();
    expect(wire.sent.map(({ command }) => command.type)).toEqual(['pause.end']);
  });

  it('gives up after the time that was asked for, and does not send it again', async () => {
    const { wire, client } = start();
    const said = client.say({ type: 'pause.end' }, { within: 500 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await said).toEqual({ ok: false, code: 'no-answer' });
    wire.connect();
    expect(wire.sent).toHaveLength(0);
  });

  it('stops asking when it is told to', async () => {
    const { wire, client } = start();
    const abort = new AbortController();
    const said = client.say({ type: 'pause.end' }, { signal: abort.signal });
    abort.abort();
    expect(await said).toEqual({ ok: false, code: 'no-answer' });
    wire.connect();
    expect(wire.sent).toHaveLength(0);
  });

  it('is refused for good where the seat is not there, and answers what waits', async () => {
    const { wire, client } = start();
    const said = client.say({ type: 'pause.end' });
    wire.events().rejected('unauthorized');
    expect(client.status()).toBe('refused');
    expect(wire.closed).toBe(true);
    expect(await said).toEqual({ ok: false, code: 'no-answer' });
    expect(await client.say({ type: 'pause.end' })).toEqual({ ok: false, code: 'no-answer' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire.opened).toBe(1);
  });

  it('comes back by itself after any other rejection, and after the server hung up', async () => {
    const { wire } = start();
    wire.events().rejected('too-fast');
    await vi.advanceTimersByTimeAsync(1_500);
    expect(wire.opened).toBe(2);
    wire.connect();
    wire.drop(true);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(wire.opened).toBe(3);
  });

  it('does not come back to a session that was erased', async () => {
    const { wire, client } = start();
    wire.connect();
    wire.events().view(sampleView({ phase: 'erased' }));
    wire.drop(true);
    client.restart();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire.opened).toBe(1);
  });

  it('connects anew at once when told that the page may have slept', () => {
    const { wire, client } = start();
    wire.connect();
    client.restart();
    expect(wire.opened).toBe(2);
  });
});
