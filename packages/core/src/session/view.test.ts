import { describe, expect, it } from 'vitest';
import { SEATS, type Seat, sessionId } from '../ids.ts';
import { begun, lobby, opened, Table, withCounsellor } from './fixtures/table.ts';
import { matchWords } from './match-words.ts';
import { transcriptOf } from './transcript.ts';

const START = { exercise: 'needs', first: 'partnerA' };
const OTHERS: readonly Seat[] = ['partnerA', 'counsellor'];

/** What the others see does not change by this act of partnerB's. */
function isHidden(table: Table, act: () => unknown): void {
  const before = OTHERS.map((seat) => table.view(seat));
  const own = table.view('partnerB');
  act();
  expect(OTHERS.map((seat) => table.view(seat))).toEqual(before);
  expect(table.view('partnerB').v).toBe(own.v + 1);
}

describe('what is hidden', () => {
  it('V1 readiness, the two words and the wish to keep', () => {
    const table = lobby(withCounsellor);
    isHidden(table, () => table.must('partnerB', 'lobby.ready', { ready: true }));
    isHidden(table, () => table.must('partnerB', 'lobby.match', { same: false }));
    isHidden(table, () => table.must('partnerB', 'consent.save', { keep: false }));
  });

  it('V1 an answer where both are asked, and the return from a pause', () => {
    const table = opened(withCounsellor);
    table.must('counsellor', 'exercise.start', START);
    isHidden(table, () => table.must('partnerB', 'moment.answer', { choice: 'not-now', words: 'tired' }));
    table.must('partnerA', 'pause.start');
    isHidden(table, () => table.must('partnerB', 'pause.end'));
  });

  it('V1 the pen', () => {
    const table = begun(withCounsellor);
    table.done('partnerA');
    isHidden(table, () => table.must('partnerB', 'turn.here', { clientId: 5 }));
  });

  it('V1 keys, invitations and hashes are in no view', () => {
    const table = begun(withCounsellor);
    for (const seat of SEATS) expect(JSON.stringify(table.view(seat))).not.toMatch(/hash|key /);
  });

  it('V4 readiness stands at one’s own seat alone', () => {
    const table = lobby();
    table.must('partnerB', 'lobby.ready', { ready: true });
    expect(table.view('partnerA').seats).toEqual([
      { seat: 'partnerA', name: '<partnerA>', admitted: true, ready: false },
      { seat: 'partnerB', name: '<partnerB>', admitted: true },
    ]);
    expect(table.view('partnerB').seats[1]).toMatchObject({ ready: true });
  });
});

describe('v', () => {
  it('V2 counts the events that the seat may see', () => {
    const table = lobby();
    expect(SEATS.map((seat) => table.view(seat).v)).toEqual([2, 2, 2]);
    table.must('partnerA', 'lobby.ready', { ready: true });
    expect(SEATS.map((seat) => table.view(seat).v)).toEqual([3, 2, 2]);
    expect(table.must('partnerB', 'lobby.ready', { ready: true })).toBe(4);
    expect(SEATS.map((seat) => table.view(seat).v)).toEqual([4, 4, 3]);
  });

  it('V3 words change nothing in a view but the own pen', () => {
    const table = begun(withCounsellor);
    const views = () => SEATS.map((seat) => table.view(seat));
    const [own, ...others] = views();
    table.write('partnerA');
    const [next, ...after] = views();
    expect(after).toEqual(others);
    expect(next).toEqual({ ...own, floor: { ...own?.floor, pen: 11 } });
  });

  it('V3 time changes nothing in a view but what may be done', () => {
    const table = begun(withCounsellor);
    table.must('partnerB', 'pause.start');
    const { may, ...rest } = table.view('partnerA');
    expect(may).toContain('turn.here');
    table.jump(2_001);
    const { may: later, ...same } = table.view('partnerA');
    expect(same).toEqual(rest);
    expect(later).toEqual(may.filter((type) => type !== 'turn.here'));
  });
});

describe('moments', () => {
  it('V5 where both are asked each sees the other as waited for until the answers are shown', () => {
    const table = opened(withCounsellor);
    table.must('partnerA', 'exercise.start', START);
    const waiting = (seat: Seat) => table.view(seat).moment?.waitingFor;
    expect(SEATS.map(waiting)).toEqual(SEATS.map(() => ['partnerA', 'partnerB']));
    table.must('partnerA', 'moment.answer', { choice: 'yes' });
    expect(waiting('partnerA')).toEqual(['partnerB']);
    expect(waiting('partnerB')).toEqual(['partnerA', 'partnerB']);
    expect(waiting('counsellor')).toEqual(['partnerA', 'partnerB']);
    expect(table.view('partnerA').moment?.answered).toEqual({ choice: 'yes', words: null });
    expect(table.view('partnerB').moment?.answered).toBeNull();
    expect(table.view('partnerA').answers).toEqual([]);
    table.must('partnerB', 'moment.answer', { choice: 'yes' });
    expect(table.view('partnerA').answers).toMatchObject([
      { seat: 'partnerA', choice: 'yes', kind: 'confirm' },
      { seat: 'partnerB', choice: 'yes', label: 'Yes, now is good' },
    ]);
  });

  it('V6 one who is asked alone is seen to answer; both only where the step says so', () => {
    const table = begun(withCounsellor);
    table.done('partnerA');
    table.done('partnerB');
    expect(table.view('partnerB').moment).toMatchObject({
      kind: 'check',
      waitingFor: ['partnerA'],
      shows: ['t1', 't2'],
      choices: [
        { id: 'yes', label: 'Yes, you heard me' },
        { id: 'mostly', label: 'Mostly, one thing more', words: true, limit: 200 },
        { id: 'not-yet', label: 'Not yet' },
      ],
    });
    table.must('partnerA', 'moment.answer', { choice: 'mostly', words: 'and the keys' });
    expect(table.view('partnerB').answers.at(-1)).toMatchObject({ words: 'and the keys', about: 't2' });
    table.done('partnerB');
    const shown = table.view('partnerA').answers.length;
    for (const seat of ['partnerA', 'partnerB'] as const)
      table.must(seat, 'moment.answer', { choice: 'leave' });
    expect(table.view('partnerA').answers.length).toBe(shown);
    table.must('partnerA', 'moment.answer', { choice: 'keep' });
    table.must('partnerB', 'moment.answer', { choice: 'leave', words: 'later' });
    expect(table.view('partnerA').answers.slice(shown)).toMatchObject([
      { seat: 'partnerA', choice: 'keep' },
      { seat: 'partnerB', choice: 'leave', words: 'later' },
    ]);
    expect(table.view('partnerA').exercise).toBeNull();
  });

  it('V7 the floor says who may write, in which turn, and why nobody may', () => {
    const table = begun(withCounsellor);
    const floor = () => table.view('partnerB').floor;
    expect(floor()).toEqual({ status: 'held', holder: 'partnerA', turn: 't1', pen: null });
    table.must('counsellor', 'moderate.hold');
    expect(floor().status).toBe('frozen');
    table.must('partnerA', 'pause.start');
    expect(floor()).toEqual({ status: 'paused', holder: 'partnerA', turn: 't1', pen: null });
    table.done('partnerA');
    for (const seat of ['partnerA', 'partnerB'] as const) table.must(seat, 'pause.end');
    table.must('counsellor', 'moderate.resume');
    table.must('counsellor', 'moderate.speak');
    expect(floor()).toEqual({ status: 'held', holder: 'counsellor', turn: 't2', pen: null });
    table.must('counsellor', 'moderate.resume');
    table.done('partnerA');
    table.done('partnerB');
    expect(floor()).toEqual({ status: 'open', holder: null, turn: null, pen: null });
  });

  it('V8 each reads the moment in words of the own part', () => {
    const table = begun(withCounsellor);
    const prompts = SEATS.map((seat) => table.view(seat).moment?.prompt);
    expect(prompts).toEqual([
      'What do you need, <partnerA>?',
      '<partnerA> is writing.',
      '<partnerA> is writing.',
    ]);
    expect(table.view('partnerB')).toMatchObject({
      exercise: 'needs',
      exerciseTitle: 'Needs',
      progress: { at: 2, of: 7 },
      moment: { id: 'need-speak-2', title: 'Saying it', holder: 'partnerA', waitingFor: [], choices: [] },
      turns: [
        {
          id: 't1',
          seat: 'partnerA',
          exercise: 'needs',
          moment: 'need-speak-2',
          kind: 'speak',
          closedAt: null,
        },
      ],
    });
  });

  it('V8 a name is put in as it is, whatever it holds', () => {
    const table = new Table();
    for (const seat of ['partnerA', 'partnerB'] as const) {
      table.add([{ type: 'seat-joined', seat, name: '{first}$&', tokenHash: seat }]);
      table.must(seat, 'lobby.ready', { ready: true });
    }
    table.must('partnerA', 'exercise.start', START);
    expect(table.view('partnerB').moment?.prompt).toContain('{first}$& begins, and you listen first.');
  });
});

describe('the ends', () => {
  it('V9 a sealed session shows its turns, an erased one nothing', () => {
    const table = begun();
    table.must('partnerA', 'session.close');
    table.wait(400);
    expect(table.view('partnerA')).toMatchObject({ phase: 'sealed', turns: [{ id: 't1' }], exercise: null });
    const v = table.view('partnerA').v;
    table.must('partnerA', 'consent.save', { keep: false });
    const view = table.view('partnerA');
    expect(view).toMatchObject({
      phase: 'erased',
      seats: [],
      turns: [],
      answers: [],
      lines: [],
      keep: null,
      may: [],
    });
    expect(view.v).toBeGreaterThan(v);
    expect(JSON.stringify(view)).not.toContain('<partner');
  });

  it('V9 the transcript is the view with the words put in', () => {
    const table = begun();
    const transcript = transcriptOf(table.session, table.view('partnerA'), (turn) => `words of ${turn}`);
    expect(transcript).toMatchObject({
      phase: 'live',
      sealedAt: null,
      turns: [{ id: 't1', name: '<partnerA>', text: 'words of t1' }],
      answers: [{ name: '<partnerA>', choice: 'yes' }, { name: '<partnerB>' }],
    });
  });

  it('V10 the two words are there once both are, the same on both phones, and for partners alone', () => {
    const table = new Table(withCounsellor).join('partnerA', 'counsellor');
    expect(table.view('partnerA').match).toBeNull();
    table.join('partnerB');
    const words = matchWords(table.session.id);
    expect(table.view('partnerA').match).toEqual({ words, same: null });
    table.must('partnerB', 'lobby.match', { same: true });
    expect(table.view('partnerA').match).toEqual({ words, same: null });
    expect(table.view('partnerB').match).toEqual({ words, same: true });
    expect(table.view('counsellor').match).toBeNull();
    expect(opened().view('partnerA').match).toBeNull();
    expect(matchWords(sessionId('another'))).not.toEqual(words);
  });
});
