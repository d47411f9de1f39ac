import { describe, expect, it } from 'vitest';
import { begun, lobby, opened, withCounsellor } from './fixtures/table.ts';

describe('a pause', () => {
  it('S9 is there for everybody while the session is live, at any moment of it', () => {
    for (const seat of ['partnerA', 'partnerB', 'counsellor'] as const) {
      expect(begun(withCounsellor).code(seat, 'pause.start')).toBeNull();
      expect(opened(withCounsellor).code(seat, 'pause.start', { minutes: 20 })).toBeNull();
      expect(lobby(withCounsellor).code(seat, 'pause.start')).toBe('not-now');
    }
  });

  it('S9 says until when, and not who asked', () => {
    const table = begun();
    table.must('partnerB', 'pause.start', { minutes: 20 });
    expect(table.view('partnerA')).toMatchObject({
      phase: 'paused',
      floor: { status: 'paused' },
      pause: { until: table.at + 20 * 60_000, youAreBack: false },
    });
    expect(JSON.stringify(table.facts.at(-1))).not.toContain('partner');
  });

  it.each([[0], [1_441], [1.5], ['20']])('S9 %j minutes are bad input', (minutes) => {
    expect(begun().code('partnerA', 'pause.start', { minutes })).toBe('bad-input');
  });

  it('S9 asking for one while it lasts changes nothing', () => {
    const table = begun();
    table.must('partnerA', 'pause.start', { minutes: 5 });
    const before = table.session;
    table.must('partnerB', 'pause.start', { minutes: 60 });
    expect(table.session).toBe(before);
  });

  it('S9 nobody writes while it lasts, however long', () => {
    const table = begun();
    table.must('partnerA', 'pause.start');
    table.wait(2_000);
    expect(table.write('partnerA')).toBe(true);
    table.wait(1);
    expect(table.write('partnerA')).toBe(false);
    table.wait(10 * 60 * 60_000);
    expect(table.write('partnerA')).toBe(false);
    expect(table.write('partnerB')).toBe(false);
    expect(table.done('partnerA')).toBe('not-now');
  });

  it('S10 ends when both partners are back, and the same turn goes on', () => {
    const table = begun();
    table.write('partnerA');
    const floor = table.view('partnerA').floor;
    table.must('partnerA', 'pause.start');
    table.must('partnerB', 'pause.end');
    expect(table.view('partnerB')).toMatchObject({ phase: 'paused', pause: { youAreBack: true } });
    expect(table.view('partnerA')).toMatchObject({ phase: 'paused', pause: { youAreBack: false } });
    const before = table.session;
    table.must('partnerB', 'pause.end');
    expect(table.session).toBe(before);
    table.wait(60_000);
    table.must('partnerA', 'pause.end');
    expect(table.view('partnerA')).toMatchObject({ phase: 'live', floor });
    expect(table.write('partnerA')).toBe(true);
  });

  it('S10 is not the counsellor’s to end, and needs one to be there', () => {
    const table = begun(withCounsellor);
    expect(table.code('partnerA', 'pause.end')).toBe('not-now');
    table.must('counsellor', 'pause.start');
    expect(table.code('counsellor', 'pause.end')).toBe('not-allowed');
    expect(table.code('partnerA', 'pause.end', { minutes: 1 })).toBe('bad-input');
  });

  it('S10 a question that was open is open again', () => {
    const table = opened();
    table.must('partnerA', 'exercise.start', { exercise: 'needs', first: 'partnerB' });
    table.must('partnerB', 'pause.start');
    expect(table.view('partnerA').moment?.waitingFor).toEqual([]);
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBe('not-now');
    for (const seat of ['partnerA', 'partnerB'] as const) table.must(seat, 'pause.end');
    expect(table.code('partnerA', 'moment.answer', { choice: 'yes' })).toBeNull();
  });

  it('S9 a turn that was closing closes in it, and what follows waits for its end', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    table.must('partnerA', 'pause.start');
    table.wait(60_000);
    expect(table.view('partnerB').floor).toMatchObject({ status: 'paused', holder: 'partnerB' });
    expect(table.write('partnerB')).toBe(false);
    for (const seat of ['partnerA', 'partnerB'] as const) table.must(seat, 'pause.end');
    expect(table.write('partnerB')).toBe(true);
  });
});
