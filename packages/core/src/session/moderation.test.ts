import { describe, expect, it } from 'vitest';
import { begun, lobby, opened, type Table, withCounsellor } from './fixtures/table.ts';

const floor = (table: Table) => table.view('partnerB').floor;

describe('hold', () => {
  it('T16 freezes the floor; resume gives it back to the same holder in the same text', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    const before = table.view('partnerA').floor;
    table.must('counsellor', 'moderate.hold');
    expect(floor(table)).toMatchObject({ status: 'frozen', holder: 'partnerA' });
    table.wait(60_000);
    table.must('counsellor', 'moderate.resume');
    expect(table.view('partnerA').floor).toEqual(before);
    expect(table.write('partnerA')).toBe(true);
  });

  it('T16 a second hold keeps the first; there is nothing to resume without one', () => {
    const table = begun(withCounsellor);
    expect(table.code('counsellor', 'moderate.resume')).toBe('not-now');
    table.must('counsellor', 'moderate.hold');
    const before = table.session;
    table.jump(5_000);
    table.must('counsellor', 'moderate.hold');
    expect(table.session).toBe(before);
  });

  it('T16 a question is not answered while it lasts', () => {
    const table = opened(withCounsellor);
    table.must('counsellor', 'exercise.start', { exercise: 'needs', first: 'partnerA' });
    table.must('counsellor', 'moderate.hold');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBe('not-now');
    expect(table.view('partnerA').moment?.waitingFor).toEqual([]);
    expect(table.code('counsellor', 'moderate.skip')).toBe('not-now');
    table.must('counsellor', 'moderate.resume');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBeNull();
  });

  it('T16 is not there in the lobby nor in a pause', () => {
    expect(lobby(withCounsellor).code('counsellor', 'moderate.hold')).toBe('not-now');
    const table = begun(withCounsellor);
    table.must('partnerA', 'pause.start');
    for (const type of ['hold', 'resume', 'speak', 'skip'])
      expect(table.code('counsellor', `moderate.${type}`)).toBe('not-now');
    expect(table.code('counsellor', 'moderate.give', { seat: 'partnerB' })).toBe('not-now');
    expect(table.code('counsellor', 'moderate.hold', { seat: 'partnerA' })).toBe('bad-input');
  });
});

describe('the grace', () => {
  it('T2 takes words that were on their way for 2 s, and then none', () => {
    for (const type of ['moderate.hold', 'moderate.speak', 'pause.start'] as const) {
      const table = begun(withCounsellor);
      table.must('counsellor', type);
      table.jump(2_000);
      expect(table.write('partnerA')).toBe(true);
      table.jump(1);
      expect(table.write('partnerA')).toBe(false);
    }
  });

  it('T2 is not given anew by what comes on top', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.hold');
    table.wait(60_000);
    table.must('counsellor', 'moderate.speak');
    expect(table.write('partnerA')).toBe(false);
    table.must('partnerB', 'pause.start');
    expect(table.write('partnerA')).toBe(false);
    expect(table.write('counsellor')).toBe(true);
  });

  it('T2 ends for a clock that was set back', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.hold');
    table.jump(-1);
    expect(table.write('partnerA')).toBe(false);
  });

  it('T6 a turn that has rested for longer is ended at once, and does not become writable again', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.hold');
    table.jump(2_001);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'partnerB' });
    expect(table.write('partnerA')).toBe(false);
  });

  it('T6 so it is where the session is closed in a pause, or given on while the counsellor speaks', () => {
    const paused = begun(withCounsellor);
    paused.must('partnerA', 'pause.start');
    paused.jump(2_001);
    paused.must('partnerB', 'session.close');
    expect(paused.session.phase.is).toBe('sealed');
    const spoken = begun(withCounsellor);
    spoken.must('counsellor', 'moderate.speak');
    spoken.jump(2_001);
    spoken.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    expect(floor(spoken)).toMatchObject({ status: 'held', holder: 'partnerB' });
  });

  it('T6 within the grace it closes like every other', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.hold');
    table.jump(2_000);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    expect(floor(table)).toMatchObject({ status: 'closing', holder: 'partnerA' });
    table.wait(400);
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'partnerB' });
  });
});

describe('speak', () => {
  it('T17 the counsellor writes in a turn of the own; the other stays as it stands', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    const under = floor(table).turn;
    table.must('counsellor', 'moderate.speak');
    table.wait(3_000);
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'counsellor' });
    expect(table.view('partnerB').moment).toMatchObject({ kind: 'speak', holder: 'partnerA' });
    expect(table.write('counsellor')).toBe(true);
    expect(table.write('partnerA')).toBe(false);
    expect(table.code('counsellor', 'moderate.speak')).toBe('not-now');
    expect(table.code('counsellor', 'moderate.hold')).toBe('not-now');
    table.must('counsellor', 'moderate.resume');
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'partnerA', turn: under });
    expect(table.write('counsellor')).toBe(false);
    expect(table.session.turns.map((turn) => turn.kind)).toEqual(['speak', 'counsellor']);
  });

  it('T17 the counsellor’s done is a resume that waits for the words', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.speak');
    table.write('counsellor');
    expect(table.done('counsellor')).toBeNull();
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'partnerA' });
    expect(table.view('partnerB').moment?.kind).toBe('speak');
  });

  it('T17 over a question it leaves the question open', () => {
    const table = opened(withCounsellor);
    table.must('counsellor', 'exercise.start', { exercise: 'needs', first: 'partnerA' });
    table.must('counsellor', 'moderate.speak');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBe('not-now');
    table.must('counsellor', 'moderate.resume');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBeNull();
  });
});

describe('give', () => {
  it('T18 ends the open turn, keeps its words, and opens one of the same moment', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    table.wait(400);
    expect(table.session.turns).toMatchObject([
      { id: 't1', seat: 'partnerA', kind: 'speak', closedAt: table.at },
      { id: 't2', seat: 'partnerB', kind: 'speak', moment: 'need-speak-2', closedAt: null },
    ]);
    expect(table.done('partnerB')).toBeNull();
    expect(table.view('partnerA').moment?.kind).toBe('mirror');
  });

  it('T18 beside a question it opens a turn of its own, and the question waits', () => {
    const table = opened(withCounsellor);
    table.must('counsellor', 'exercise.start', { exercise: 'needs', first: 'partnerA' });
    table.must('counsellor', 'moderate.hold');
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    expect(floor(table)).toMatchObject({ status: 'held', holder: 'partnerB' });
    expect(table.code('partnerB', 'moment.answer', { choice: 'yes' })).toBe('not-now');
    expect(table.done('partnerB')).toBeNull();
    expect(table.view('partnerB').moment).toMatchObject({
      kind: 'confirm',
      waitingFor: ['partnerA', 'partnerB'],
    });
  });

  it('T18 without an exercise too; to the holder it changes nothing', () => {
    const table = opened(withCounsellor);
    table.must('counsellor', 'moderate.give', { seat: 'partnerA' });
    expect(table.session.turns).toMatchObject([
      { seat: 'partnerA', kind: 'free', moment: null, exercise: null },
    ]);
    const before = table.session;
    table.must('counsellor', 'moderate.give', { seat: 'partnerA' });
    expect(table.session).toBe(before);
    expect(table.code('partnerA', 'exercise.start', { exercise: 'needs', first: 'partnerA' })).toBe(
      'not-now',
    );
    expect(table.done('partnerA')).toBeNull();
    expect(table.code('counsellor', 'moderate.give', { seat: 'nobody' })).toBe('bad-input');
  });
});

describe('skip', () => {
  it('T19 goes on as the moment would, without its words', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    table.must('counsellor', 'moderate.skip');
    expect(floor(table).status).toBe('closing');
    table.wait(400);
    expect(table.view('partnerB').moment).toMatchObject({ kind: 'mirror', holder: 'partnerB' });
    expect(table.session.turns.length).toBe(2);
  });

  it('T19 shows no answer that had been given to a question that is skipped', () => {
    const table = opened(withCounsellor);
    table.must('partnerA', 'exercise.start', { exercise: 'needs', first: 'partnerA' });
    table.must('partnerA', 'moment.answer', { choice: 'not-now' });
    table.must('counsellor', 'moderate.skip');
    expect(table.view('partnerB')).toMatchObject({ answers: [], moment: { kind: 'speak' } });
  });

  it('T19 to the end of the exercise, and then there is nothing to skip', () => {
    const table = begun(withCounsellor);
    for (let i = 0; i < 6; i++) {
      table.must('counsellor', 'moderate.skip');
      table.wait(400);
    }
    expect(table.view('partnerA')).toMatchObject({ exercise: null, promises: [] });
    expect(table.code('counsellor', 'moderate.skip')).toBe('not-now');
  });
});
