import { describe, expect, it } from 'vitest';
import { begun, lobby, opened, type Table, withCounsellor } from './fixtures/table.ts';

const START = { exercise: 'needs', first: 'partnerA' };
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

function promising(): Table {
  const table = checking();
  answer(table, 'partnerA', 'yes');
  table.done('partnerB');
  return table;
}

describe('starting', () => {
  it('S14 everybody may, when nothing runs and the floor is free', () => {
    for (const seat of ['partnerA', 'partnerB', 'counsellor'] as const) {
      const table = opened(withCounsellor);
      expect(table.code(seat, 'exercise.start', START)).toBeNull();
      expect(table.code(seat, 'exercise.start', START)).toBe('not-now');
    }
    expect(lobby().code('partnerA', 'exercise.start', START)).toBe('not-now');
    const paused = opened();
    paused.must('partnerA', 'pause.start');
    expect(paused.code('partnerA', 'exercise.start', START)).toBe('not-now');
  });

  it('S14 takes an exercise that exists and a partner to begin', () => {
    const code = (fields: object) => opened().code('partnerA', 'exercise.start', fields);
    expect(code({ exercise: 'unknown', first: 'partnerA' })).toBe('bad-input');
    expect(code({ exercise: 'needs', first: 'counsellor' })).toBe('bad-input');
    expect(code({ exercise: 'needs' })).toBe('bad-input');
  });

  it('S14 first takes the first part', () => {
    const table = opened();
    table.must('partnerA', 'exercise.start', { exercise: 'needs', first: 'partnerB' });
    expect(table.view('partnerA').parts).toEqual({ first: 'partnerB', second: 'partnerA' });
    answer(table, 'partnerA', 'yes');
    answer(table, 'partnerB', 'yes');
    expect(table.view('partnerA').floor.holder).toBe('partnerB');
  });

  it('T9 both confirm, parts included', () => {
    const table = opened();
    table.must('partnerA', 'exercise.start', START);
    expect(moment(table)).toMatchObject({
      kind: 'confirm',
      holder: null,
      waitingFor: ['partnerA', 'partnerB'],
    });
    expect(moment(table)?.prompt).toContain('You begin');
    expect(table.view('partnerB').moment?.prompt).toContain('<partnerA> begins');
    answer(table, 'partnerB', 'yes');
    expect(moment(table)?.kind).toBe('confirm');
    answer(table, 'partnerA', 'yes');
    expect(moment(table)?.kind).toBe('speak');
  });

  it.each([
    ['yes', 'not-now'],
    ['not-now', 'yes'],
    ['not-now', 'not-now'],
  ])('T9 %s and %s end it once both have answered', (a, b) => {
    const table = opened();
    table.must('partnerA', 'exercise.start', START);
    answer(table, 'partnerA', a);
    expect(table.view('partnerB').exercise).toBe('needs');
    answer(table, 'partnerB', b, b === 'yes' ? undefined : 'tomorrow');
    expect(table.view('partnerB')).toMatchObject({ exercise: null, moment: null, floor: { status: 'open' } });
    expect(table.facts.at(-1)).toMatchObject({ type: 'exercise-ended', how: 'not-now' });
    expect(table.code('partnerB', 'exercise.start', START)).toBeNull();
  });
});

describe('answering', () => {
  it('T10 where both are asked the most cautious answer is the outcome', () => {
    const table = promising();
    answer(table, 'partnerA', 'keep');
    answer(table, 'partnerB', 'leave');
    expect(table.view('partnerA').promises).toEqual([]);
    expect(moment(table)?.kind).toBe('pick');
  });

  it('T14 a promise is made where both say so, by the one who wrote it', () => {
    const table = promising();
    answer(table, 'partnerB', 'keep');
    answer(table, 'partnerA', 'keep');
    expect(table.view('partnerB').promises).toEqual([{ turn: 't3', seat: 'partnerB' }]);
    expect(table.session.answers.some((one) => one.step === 'promise')).toBe(false);
  });

  it('T15 once, by whom it asks, from what it offers', () => {
    const table = checking();
    const id = moment(table)?.id;
    expect(table.code('partnerB', 'moment.answer', { choice: 'yes' })).toBe('not-now');
    expect(table.code('partnerA', 'moment.answer', { choice: 'perhaps' })).toBe('bad-input');
    expect(table.code('partnerA', 'moment.answer', {})).toBe('bad-input');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes', moment: 'need-check-1' })).toBe(
      'moment-over',
    );
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes', moment: id })).toBeNull();
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes', moment: id })).toBe('moment-over');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBe('not-now');
  });

  it('T15 once where both are asked, too', () => {
    const table = opened();
    table.must('partnerA', 'exercise.start', START);
    answer(table, 'partnerA', 'yes');
    expect(table.code('partnerA', 'moment.answer', { choice: 'not-now' })).toBe('not-now');
  });

  it('T15 every offered choice is accepted, with words where it asks for them', () => {
    for (const choice of moment(checking())?.choices ?? []) {
      expect(checking().code('partnerA', 'moment.answer', { choice: choice.id })).toBeNull();
      const words = { choice: choice.id, words: 'a word' };
      expect(checking().code('partnerA', 'moment.answer', words)).toBe(choice.words ? null : 'bad-input');
    }
  });

  it('T15 words have a length in characters as people count them, and no control characters', () => {
    const code = (words: string) => checking().code('partnerA', 'moment.answer', { choice: 'mostly', words });
    expect(code('👩‍👩‍👧'.repeat(200))).toBeNull();
    expect(code('x'.repeat(201))).toBe('bad-input');
    expect(code('\u0000')).toBe('bad-input');
    expect(code('   ')).toBeNull();
    const table = checking();
    answer(table, 'partnerA', 'mostly', '  ');
    expect(table.view('partnerB').answers.at(-1)).toMatchObject({
      choice: 'mostly',
      words: null,
      about: 't2',
    });
  });
});
