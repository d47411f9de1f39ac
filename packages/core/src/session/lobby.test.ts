import { describe, expect, it } from 'vitest';
import { lobby, opened, Table, withCounsellor } from './fixtures/table.ts';

describe('the lobby', () => {
  it('S1 a session begins in the lobby, with nothing of a live one', () => {
    const view = lobby().view('partnerA');
    expect(view).toMatchObject({ phase: 'lobby', exercise: null, moment: null, turns: [] });
    expect(view.floor).toEqual({ status: 'open', holder: null, turn: null, pen: null });
  });

  it('S2 an invitation is used up by the seat it is for', () => {
    const table = new Table();
    expect(Object.keys(table.session.invites)).toEqual(['partnerA', 'partnerB']);
    table.join('partnerA');
    expect(Object.keys(table.session.invites)).toEqual(['partnerB']);
    table.add([{ type: 'invite-renewed', seat: 'partnerB', hash: 'new', until: 5 }]);
    expect(table.session.invites).toEqual({ partnerB: { hash: 'new', until: 5 } });
  });

  it('S2 partners wait to be let in where there is a counsellor, and nowhere else', () => {
    const admitted = (table: Table) => table.view('partnerA').seats.map((one) => [one.seat, one.admitted]);
    expect(admitted(lobby())).toEqual([
      ['partnerA', true],
      ['partnerB', true],
    ]);
    expect(admitted(lobby(withCounsellor))).toEqual([
      ['partnerA', false],
      ['partnerB', false],
      ['counsellor', true],
    ]);
  });

  it('S3 both ready make it live', () => {
    const table = lobby();
    table.must('partnerB', 'lobby.ready', { ready: true });
    expect(table.session.phase.is).toBe('lobby');
    table.must('partnerA', 'lobby.ready', { ready: true });
    expect(table.view('partnerB')).toMatchObject({
      phase: 'live',
      floor: { status: 'open' },
      exercise: null,
    });
  });

  it('S3 one who is no longer ready is waited for', () => {
    const table = lobby();
    table.must('partnerA', 'lobby.ready', { ready: true });
    table.must('partnerA', 'lobby.ready', { ready: false });
    table.must('partnerB', 'lobby.ready', { ready: true });
    expect(table.session.phase.is).toBe('lobby');
  });

  it('S3 one alone is never enough, nor one who has not come', () => {
    const table = new Table().join('partnerA');
    table.must('partnerA', 'lobby.ready', { ready: true });
    expect(table.session.phase.is).toBe('lobby');
  });

  it('S3 with a counsellor both are let in first, in whatever order', () => {
    const table = lobby(withCounsellor);
    table.must('partnerA', 'lobby.ready', { ready: true });
    table.must('counsellor', 'lobby.admit', { seat: 'partnerA' });
    table.must('partnerB', 'lobby.ready', { ready: true });
    expect(table.session.phase.is).toBe('lobby');
    table.must('counsellor', 'lobby.admit', { seat: 'partnerB' });
    expect(table.session.phase.is).toBe('live');
  });

  it('S3 nothing begins while one says that the two words differ', () => {
    const table = lobby();
    table.must('partnerA', 'lobby.match', { same: false });
    for (const seat of ['partnerA', 'partnerB'] as const) table.must(seat, 'lobby.ready', { ready: true });
    expect(table.session.phase.is).toBe('lobby');
    table.must('partnerA', 'lobby.match', { same: true });
    expect(table.session.phase.is).toBe('live');
  });

  it('S11 admits only who has come, and only by the counsellor', () => {
    const table = new Table(withCounsellor).join('counsellor');
    expect(table.code('counsellor', 'lobby.admit', { seat: 'partnerA' })).toBe('not-now');
    expect(table.code('counsellor', 'lobby.admit', { seat: 'counsellor' })).toBe('bad-input');
    table.join('partnerA');
    expect(table.code('partnerA', 'lobby.admit', { seat: 'partnerA' })).toBe('not-allowed');
    expect(table.code('counsellor', 'lobby.ready', { ready: true })).toBe('not-allowed');
    expect(table.code('counsellor', 'lobby.match', { same: true })).toBe('not-allowed');
    expect(table.code('partnerA', 'lobby.ready', { ready: 'yes' })).toBe('bad-input');
  });

  it('S11 what belongs to the lobby is over once the session is live', () => {
    const table = opened(withCounsellor);
    expect(table.code('partnerA', 'lobby.ready', { ready: false })).toBe('not-now');
    expect(table.code('partnerA', 'lobby.match', { same: false })).toBe('not-now');
    expect(table.code('counsellor', 'lobby.admit', { seat: 'partnerA' })).toBe('not-now');
  });

  it('S12 saying the same again leaves nothing in the log', () => {
    const table = lobby(withCounsellor);
    const twice = (act: () => number) => {
      const v = act();
      const before = table.entries.length;
      expect(act()).toBe(v);
      expect(table.entries.length).toBe(before);
    };
    twice(() => table.must('partnerA', 'lobby.ready', { ready: true }));
    twice(() => table.must('partnerA', 'lobby.match', { same: true }));
    twice(() => table.must('partnerA', 'consent.save', { keep: true }));
    twice(() => table.must('counsellor', 'lobby.admit', { seat: 'partnerA' }));
  });
});
