import { describe, expect, it } from 'vitest';
import { millis, PARTNERS, type Partner } from '../ids.ts';
import { replay } from './evolve.ts';
import {
  begun,
  ID,
  lobby,
  opened,
  START,
  Table,
  type TableOptions,
  withCounsellor,
} from './fixtures/table.ts';
import { DECIDE_MS } from './flow.ts';

type Wishes = readonly [a: boolean | null, b: boolean | null];

function closed(wishes: Wishes, options: TableOptions = {}): Table {
  const table = opened(options);
  for (const [i, seat] of PARTNERS.entries()) {
    const keep = wishes[i] ?? null;
    if (keep !== null) table.must(seat, 'consent.save', { keep });
  }
  table.must('partnerA', 'session.close');
  return table;
}

const wish = (table: Table, seat: Partner, keep: boolean) => table.must(seat, 'consent.save', { keep });

describe('closing a session', () => {
  it('S4 at first nobody has said anything, and each may change the own wish until the seal', () => {
    const table = opened();
    expect(table.view('partnerA').keep).toBeNull();
    wish(table, 'partnerA', true);
    wish(table, 'partnerA', false);
    wish(table, 'partnerA', true);
    wish(table, 'partnerB', true);
    expect(table.view('partnerA').keep).toBe(true);
    table.must('partnerA', 'session.close');
    expect(table.code('partnerA', 'consent.save', { keep: false })).toBe('not-now');
    expect(table.code('counsellor', 'consent.save', { keep: false })).toBe('not-allowed');
    expect(table.code('partnerA', 'consent.save', {})).toBe('bad-input');
  });

  it.each<[Wishes, string, boolean]>([
    [[true, true], 'sealed', false],
    [[true, false], 'erased', false],
    [[false, true], 'erased', false],
    [[false, false], 'erased', false],
    [[null, false], 'erased', false],
    [[null, null], 'sealed', true],
    [[true, null], 'sealed', true],
    [[null, true], 'sealed', true],
  ])('S5 wishes %j make it %s', (wishes, phase, undecided) => {
    const table = closed(wishes);
    const view = table.view('partnerB');
    expect(view.phase).toBe(phase);
    expect(view.decideBy).toBe(undecided ? START + 24 * 60 * 60 * 1000 : null);
  });

  it('S5 a room to which one never came is erased', () => {
    const table = new Table().join('partnerA');
    table.must('partnerA', 'session.close');
    expect(table.view('partnerA').phase).toBe('erased');
  });

  it('S5 each partner and the counsellor may close, in the lobby too', () => {
    for (const seat of ['partnerA', 'partnerB', 'counsellor'] as const) {
      expect(opened(withCounsellor).code(seat, 'session.close')).toBeNull();
      expect(lobby(withCounsellor).code(seat, 'session.close')).toBeNull();
    }
    expect(opened().code('partnerA', 'session.close', { keep: true })).toBe('bad-input');
    expect(closed([true, true]).code('partnerA', 'session.close')).toBe('not-now');
  });

  it('S6 both say yes within the day: kept; the time of the seal stays', () => {
    const table = closed([true, null]);
    table.jump(DECIDE_MS - 1);
    wish(table, 'partnerB', true);
    expect(table.view('partnerA')).toMatchObject({ phase: 'sealed', decideBy: null, sealedAt: START });
    table.wait(2 * DECIDE_MS);
    expect(table.view('partnerA').phase).toBe('sealed');
  });

  it('S6 one says no within the day: erased, a yes taken back too', () => {
    const table = closed([true, null]);
    wish(table, 'partnerA', false);
    expect(table.view('partnerB').phase).toBe('erased');
  });

  it('S6 the day passes: erased', () => {
    const table = closed([true, null]);
    table.wait(DECIDE_MS - 1);
    expect(table.view('partnerB').phase).toBe('sealed');
    table.wait(1);
    expect(table.view('partnerB').phase).toBe('erased');
  });

  it('S6 a wish that comes after the day is not taken, looked at or not', () => {
    const table = closed([true, null]);
    table.jump(DECIDE_MS);
    expect(table.may('partnerB')).toEqual([]);
    expect(table.code('partnerB', 'consent.save', { keep: true })).toBe('not-now');
    table.tick();
    expect(table.view('partnerB').phase).toBe('erased');
  });

  it('S7 the words that are on their way come in first', () => {
    const table = begun();
    wish(table, 'partnerA', true);
    wish(table, 'partnerB', true);
    table.must('partnerB', 'session.close');
    expect(table.view('partnerA').floor.status).toBe('closing');
    expect(table.write('partnerA')).toBe(true);
    expect(table.code('partnerA', 'session.close')).toBe('not-now');
    table.wait(400);
    expect(table.view('partnerA')).toMatchObject({ phase: 'sealed', turns: [{ closedAt: table.at }] });
  });

  it('S7 a turn that is closing already goes on closing, and the session after it', () => {
    const table = begun(withCounsellor);
    wish(table, 'partnerA', true);
    wish(table, 'partnerB', true);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    table.jump(100);
    table.must('counsellor', 'session.close');
    expect(table.write('partnerA')).toBe(true);
    table.jump(399);
    table.tick();
    expect(table.view('partnerA').phase).toBe('live');
    table.wait(1);
    expect(table.view('partnerA').phase).toBe('sealed');
    expect(table.session.turns.length).toBe(1);
  });

  it('S7 closing what was closing does not make its two seconds longer', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    for (let i = 0; i < 10; i++) {
      if (i === 5) table.must('partnerB', 'session.close');
      expect(table.write('partnerA')).toBe(true);
      table.wait(200);
    }
    expect(table.view('partnerA').phase).toBe('sealed');
  });

  it('S7 the turn of a counsellor who speaks is ended with it', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.speak');
    table.must('partnerA', 'session.close');
    table.wait(2_000);
    expect(table.session.turns.map((turn) => turn.closedAt !== null)).toEqual([true, true]);
    expect(table.session.phase.is).toBe('sealed');
  });

  it('S8 what is left of an erased session stands in one entry', () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    wish(table, 'partnerB', false);
    const before = table.session.seen;
    table.must('partnerA', 'session.close');
    table.wait(2_000);
    const last = table.entries.at(-1);
    if (last?.kind !== 'event') throw new Error('no event');
    expect(last.fact).toMatchObject({ type: 'session-erased', keys: { counsellor: 'key counsellor' } });
    expect(replay(ID, millis(0), [last])).toEqual(table.session);
    expect(JSON.stringify(last)).not.toContain('<partner');
    for (const seat of ['partnerA', 'partnerB', 'counsellor'] as const) {
      expect(table.session.seen[seat]).toBeGreaterThan(before[seat]);
      expect(table.session.seats[seat]?.tokenHash).toBe(`key ${seat}`);
    }
    expect(table.session.owners.size).toBe(0);
  });

  it('S8 also where the counsellor never came', () => {
    const table = new Table(withCounsellor).join('partnerA');
    table.must('partnerA', 'session.close');
    expect(replay(ID, START, table.entries.slice(-1))).toEqual(table.session);
  });

  it('S8 nothing can be done in an erased session', () => {
    const table = closed([false, null]);
    for (const seat of PARTNERS) expect(table.may(seat)).toEqual([]);
    expect(table.code('partnerA', 'consent.save', { keep: true })).toBe('not-now');
    expect(() => table.add([{ type: 'floor-held' }])).toThrow();
  });

  it('S12 closing again with the same id is acknowledged, though all is erased', () => {
    const table = opened();
    wish(table, 'partnerA', false);
    const id = '3c0e8a5e-8d5b-4f0e-9a1c-000000000001';
    const v = table.must('partnerB', 'session.close', { id });
    expect(table.must('partnerB', 'session.close', { id })).toBe(v);
    table.at = millis(table.at + 1);
    expect(table.view('partnerB')).toMatchObject({ phase: 'erased', v });
  });
});
