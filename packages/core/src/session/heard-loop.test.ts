import { describe, expect, it } from 'vitest';
import { defineExercise } from '../exercise/define-exercise.ts';
import type { Exercise } from '../exercise/exercise.ts';
import { begun, type Table } from './fixtures/table.ts';

const moment = (table: Table) => table.view('partnerA').moment;
const answer = (table: Table, seat: 'partnerA' | 'partnerB', choice: string, words?: string) =>
  table.must(seat, 'moment.answer', words === undefined ? { choice } : { choice, words });

/** Up to the check, where partnerA says whether partnerB has heard. */
function checking(exercise = 'needs'): Table {
  const table = begun({}, exercise);
  table.done('partnerA');
  table.done('partnerB');
  return table;
}

describe('the heard loop', () => {
  it.each([['yes'], ['mostly']])('T11 %s opens the answer', (choice) => {
    const table = checking();
    expect(table.session.turns.map((turn) => turn.kind)).toEqual(['speak', 'mirror']);
    answer(table, 'partnerA', choice);
    expect(table.view('partnerB')).toMatchObject({
      moment: { kind: 'respond' },
      floor: { holder: 'partnerB' },
    });
  });

  it('T12 a not yet repeats the mirror; the third in a row leads out', () => {
    const table = checking();
    for (let i = 0; i < 2; i++) {
      answer(table, 'partnerA', 'not-yet');
      expect(table.view('partnerB')).toMatchObject({
        moment: { kind: 'mirror' },
        floor: { holder: 'partnerB' },
      });
      table.done('partnerB');
    }
    answer(table, 'partnerA', 'not-yet');
    expect(moment(table)).toMatchObject({ kind: 'stuck', waitingFor: ['partnerA'] });
    answer(table, 'partnerA', 'come-back');
    expect(moment(table)?.kind).toBe('respond');
  });

  it('T12 one word is a way back to the check, and another not yet leads out again', () => {
    const table = checking();
    for (let i = 0; i < 3; i++) {
      answer(table, 'partnerA', 'not-yet');
      if (i < 2) table.done('partnerB');
    }
    answer(table, 'partnerA', 'one-word');
    expect(table.view('partnerB')).toMatchObject({
      moment: { kind: 'mirror' },
      floor: { holder: 'partnerB' },
    });
    table.done('partnerB');
    answer(table, 'partnerA', 'not-yet');
    expect(moment(table)?.kind).toBe('stuck');
    answer(table, 'partnerA', 'one-word');
    table.done('partnerB');
    answer(table, 'partnerA', 'yes');
    expect(moment(table)?.kind).toBe('respond');
  });

  it('T13 who says there is more speaks once more, and then it makes sense', () => {
    const table = checking('whole');
    answer(table, 'partnerA', 'yes');
    expect(moment(table)).toMatchObject({ kind: 'more', waitingFor: ['partnerA'] });
    answer(table, 'partnerA', 'a-little');
    expect(moment(table)).toMatchObject({ kind: 'speak', holder: 'partnerA' });
    table.done('partnerA');
    table.done('partnerB');
    answer(table, 'partnerA', 'mostly');
    expect(moment(table)).toMatchObject({
      kind: 'validate',
      holder: 'partnerB',
      shows: ['t1', 't2', 't3', 't4'],
    });
    table.done('partnerB');
    expect(moment(table)?.kind).toBe('respond');
  });

  it('T13 the third not yet of the second round leads out of that round', () => {
    const table = checking('whole');
    answer(table, 'partnerA', 'yes');
    answer(table, 'partnerA', 'a-little');
    table.done('partnerA');
    for (let i = 0; i < 3; i++) {
      table.done('partnerB');
      answer(table, 'partnerA', 'not-yet');
    }
    expect(moment(table)?.kind).toBe('stuck');
    answer(table, 'partnerA', 'come-back');
    expect(moment(table)?.kind).toBe('validate');
  });

  it('T13 without more it makes sense at once', () => {
    const table = checking('whole');
    answer(table, 'partnerA', 'yes');
    answer(table, 'partnerA', 'no');
    expect(moment(table)).toMatchObject({ kind: 'validate', shows: ['t1', 't2'] });
  });
});

describe('outcomes in a row', () => {
  const again = { label: 'p', go: { step: 'ask' } } as const;
  const asking: Exercise = defineExercise({
    id: 'asking',
    minutes: 1,
    tellsApart: false,
    steps: [
      {
        form: 'asked',
        id: 'ask',
        kind: 'ask',
        asks: ['first'],
        prompt: 'p',
        listen: 'p',
        choices: [
          { id: 'a', ...again },
          { id: 'b', ...again, atMost: { times: 2, go: 'end' } },
        ],
      },
    ],
    words: { en: { title: 't', summary: 's', 'moment.ask': 'k', p: 'p' } },
  });

  it('T12 another outcome between them begins the count anew', () => {
    const table = begun({ shelf: new Map([['asking', asking]]) }, 'asking');
    for (const choice of ['b', 'a', 'b']) answer(table, 'partnerA', choice);
    expect(table.view('partnerA').exercise).toBe('asking');
    answer(table, 'partnerA', 'b');
    expect(table.view('partnerA').exercise).toBeNull();
  });
});
