import type { Command } from '@mend/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ControlStatus, Said } from './control-client.ts';
import type { DocumentView } from './document-client.ts';
import { createListeners } from './listeners.ts';
import { passTurn } from './pass-turn.ts';

function scene(answers: readonly Said[]) {
  const changes = createListeners();
  const steps: string[] = [];
  const said: Command[] = [];
  const abort = new AbortController();
  let status: ControlStatus = 'live';
  let document: DocumentView = {
    status: 'live',
    synced: true,
    saved: true,
    generation: 0,
    clientId: 1,
    present: [],
  };
  const left = [...answers];
  const passed = () =>
    passTurn({
      control: {
        status: () => status,
        subscribe: changes.add,
        say(command) {
          steps.push('say');
          said.push(command);
          return Promise.resolve(left.shift() ?? { ok: true });
        },
      },
      document: {
        view: () => document,
        subscribe: changes.add,
        whenSaved() {
          steps.push('saved');
          return Promise.resolve(true);
        },
        stateVector: () => 'AA==',
      },
      turn: 't1',
      flush: () => steps.push('flush'),
      signal: abort.signal,
    });
  return {
    passed,
    steps,
    said,
    abort,
    become(next: { control?: ControlStatus; document?: DocumentView['status'] }) {
      status = next.control ?? status;
      document = { ...document, status: next.document ?? document.status };
      changes.tell();
    },
  };
}

describe('passing the turn', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('puts the field into the document, waits until it is saved, and then says so', async () => {
    const { passed, steps, said } = scene([{ ok: true }]);
    expect(await passed()).toBe('passed');
    expect(steps).toEqual(['flush', 'saved', 'say']);
    expect(said).toEqual([{ type: 'turn.done', stateVector: 'AA==', turn: 't1' }]);
  });

  it('counts as passed where it had been passed already', async () => {
    const { passed } = scene([{ ok: false, code: 'turn-over' }]);
    expect(await passed()).toBe('passed');
  });

  it('stays where words are missing', async () => {
    const { passed } = scene([{ ok: false, code: 'words-missing' }]);
    expect(await passed()).toBe('words-missing');
  });

  it('waits for a connection, and says nothing before', async () => {
    const { passed, said, become } = scene([{ ok: true }]);
    become({ control: 'reconnecting', document: 'offline' });
    const outcome = passed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual([]);
    become({ control: 'live' });
    await vi.advanceTimersByTimeAsync(0);
    expect(said).toEqual([]);
    become({ document: 'live' });
    expect(await outcome).toBe('passed');
  });

  it('tries again where no answer came', async () => {
    const { passed, said } = scene([{ ok: false, code: 'no-answer' }, { ok: true }]);
    expect(await passed()).toBe('passed');
    expect(said).toHaveLength(2);
  });

  it('goes back to writing when asked to', async () => {
    const { passed, said, become, abort } = scene([]);
    become({ document: 'reconnecting' });
    const outcome = passed();
    abort.abort();
    expect(await outcome).toBe('kept');
    expect(said).toEqual([]);
  });

  it('does not wait for a session that is gone', async () => {
    const { passed, become } = scene([{ ok: false, code: 'no-answer' }]);
    become({ control: 'refused', document: 'gone' });
    expect(await passed()).toBe('no-answer');
  });
});
