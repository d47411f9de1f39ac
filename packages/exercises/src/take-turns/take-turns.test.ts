import type { Partner } from '@mend/core';
import { describe, expect, it } from 'vitest';
import { Play } from '../fixtures/play.ts';

/** A letter for a seat, so that a whole exercise is read at a glance. */
const letters = (play: Play, h: Partner): string =>
  play
    .acting()
    .map((seat) => (seat === h ? 'H' : 'R'))
    .join('');

function until(play: Play, kind: string, choose?: Parameters<Play['step']>[0]): Play {
  for (let i = 0; i < 50 && play.moment?.kind !== kind; i++) play.step(choose);
  return play;
}

function through(play: Play, choose?: Parameters<Play['step']>[0]): Play {
  for (let i = 0; i < 50 && !play.isOver; i++) play.step(choose);
  return play;
}

describe('take turns', () => {
  it.each(['partnerA', 'partnerB'] as const)('T11 the whole of it with %s first', (first) => {
    const play = through(new Play('take-turns', first));
    expect(play.isOver).toBe(true);
    expect(letters(play, first)).toBe('HRHRH' + 'RHRHR' + 'HR');
    const kinds = play.view('partnerA').turns.map((turn) => turn.kind);
    const half = ['speak', 'mirror', 'respond'];
    expect(kinds).toEqual([...half, ...half, 'learn', 'learn']);
    expect(play.facts.at(-1)).toMatchObject({ type: 'exercise-ended', how: 'finished' });
  });

  it('T11 mostly, with words, is heard as well, and every way of taking the answer goes on', () => {
    for (const answer of ['helps', 'partly', 'other']) {
      const play = through(new Play('take-turns'), ({ kind, choices }) =>
        kind === 'check' ? 'mostly' : kind === 'acknowledge' ? answer : choices[0]?.id,
      );
      expect(letters(play, 'partnerA')).toBe('HRHRHRHRHRHR');
    }
  });

  it('T12 three times not yet leads out, and out of there the exercise goes on', () => {
    for (const way of ['come-back', 'one-word']) {
      const play = new Play('take-turns');
      for (let i = 0; i < 3; i++) {
        until(play, 'check');
        play.step(() => 'not-yet');
        if (i < 2) expect(play.moment).toMatchObject({ kind: 'mirror', holder: 'partnerB' });
      }
      expect(play.moment).toMatchObject({ kind: 'stuck', waitingFor: ['partnerA'] });
      expect(play.view('partnerA').turns.some((turn) => turn.kind === 'respond')).toBe(false);
      play.step(() => way);
      through(play);
      const longer = way === 'one-word' ? 'RH' : '';
      expect(letters(play, 'partnerA')).toBe(`HRHRHRHH${longer}RHRHRHRHR`);
    }
  });

  it('T9 not now ends it once both have answered', () => {
    const play = new Play('take-turns');
    play.step(() => 'not-now');
    expect(play.isOver).toBe(false);
    expect(play.view('partnerB').moment).toMatchObject({
      kind: 'confirm',
      waitingFor: ['partnerA', 'partnerB'],
    });
    play.step();
    expect(play.isOver).toBe(true);
    expect(play.acting()).toEqual([]);
  });

  it('T14 an answer becomes its writer’s promise where both want it', () => {
    const play = until(new Play('take-turns'), 'promise');
    expect(play.view('partnerA').moment?.prompt).toContain('the answer that partnerB gave');
    play.step();
    play.step();
    expect(play.view('partnerA').promises).toMatchObject([{ seat: 'partnerB' }]);
    play.step(() => 'leave');
    play.step(() => 'keep');
    expect(play.view('partnerA').promises.length).toBe(1);
    expect(play.isOver).toBe(true);
  });
});
