import { type Seat, turnId } from '@mend/core';
import { describe, expect, it } from 'vitest';
import { isYourTurn, type PanelName, panelFor, type Scene } from './panel-for.ts';

const floor = (status: Scene['floor']['status'], holder: Seat): Pick<Scene, 'floor'> => ({
  floor: { status, holder, turn: turnId('t1') },
});
const asks = (...waitingFor: Seat[]): Pick<Scene, 'moment'> => ({ moment: { waitingFor } });
const nothing: Scene = {
  phase: 'live',
  you: 'partnerA',
  floor: { status: 'open', holder: null, turn: null },
  moment: null,
};

describe('the panel for a view', () => {
  const cases: readonly [string, Partial<Scene>, PanelName, boolean][] = [
    ['the lobby', { phase: 'lobby' }, 'lobby', false],
    ['nothing runs', {}, 'choose', false],
    ['the own turn', floor('held', 'partnerA'), 'writing', true],
    ['the own turn, frozen', floor('frozen', 'partnerA'), 'writing', false],
    ['the own turn, its last words coming in', floor('closing', 'partnerA'), 'writing', false],
    ['the other’s turn', floor('held', 'partnerB'), 'listening', false],
    ['the counsellor’s turn', floor('held', 'counsellor'), 'listening', false],
    ['the own turn beside a moment', { ...floor('held', 'partnerA'), ...asks() }, 'writing', true],
    ['a question to this seat', asks('partnerA'), 'question', true],
    ['a question to the other', asks('partnerB'), 'question', false],
    ['a question to both', asks('partnerA', 'partnerB'), 'question', true],
    ['a question while all is frozen', asks(), 'question', false],
    ['a pause in the own turn', { phase: 'paused', ...floor('paused', 'partnerA') }, 'paused', false],
    ['closed', { phase: 'sealed' }, 'ended', false],
    ['erased', { phase: 'erased' }, 'ended', false],
  ];
  it.each(cases)('%s', (_, change, panel, yours) => {
    const scene = { ...nothing, ...change };
    expect(panelFor(scene)).toBe(panel);
    expect(isYourTurn(scene)).toBe(yours);
  });
});
