import { describe, expect, it } from 'vitest';
import { SEATS } from '../ids.ts';
import { replay } from './evolve.ts';
import { begun, ID, lobby, opened, START, type Table, withCounsellor } from './fixtures/table.ts';
import { foundBehind } from './found-behind.ts';

const found = (table: Table): Table => {
  table.add(foundBehind(table.session));
  return table;
};
const behindOf = (table: Table) => SEATS.map((seat) => table.view(seat).behind);

describe('a log that is older than what was shown', () => {
  it('S21 is one fact, also where it is found again, and may be found again after the next turn was opened', () => {
    const table = found(found(begun()));
    expect(table.facts.filter(({ type }) => type === 'log-behind')).toHaveLength(1);
    expect(table.done('partnerA')).toBeNull();
    expect(table.facts.at(-1)).toMatchObject({ type: 'turn-opened', turn: 't2' });
    expect(foundBehind(table.session)).toEqual([{ type: 'log-behind' }]);
  });

  it('S21 is found in the lobby and live, with a pause or a hold over the floor, and not after the end', () => {
    expect(found(lobby()).session.behind).toBe(START);
    const held = begun(withCounsellor);
    held.must('counsellor', 'moderate.hold');
    held.must('partnerA', 'pause.start');
    expect(found(held).session.behind).toBe(held.at);
    const ended = opened();
    ended.must('partnerA', 'consent.save', { keep: true });
    ended.must('partnerB', 'consent.save', { keep: true });
    ended.must('partnerA', 'session.close');
    expect(foundBehind(ended.session)).toEqual([]);
  });

  it('S21 changes nothing else: the floor, the words and what each seat may do are as they were', () => {
    const table = begun();
    table.write('partnerA');
    const { head: _head, seen: _seen, behind: _behind, ...before } = table.session;
    const may = SEATS.map((seat) => table.may(seat));
    const { head: _h, seen: _s, behind: _b, ...after } = found(table).session;
    expect(after).toEqual(before);
    expect(SEATS.map((seat) => table.may(seat))).toEqual(may);
    expect(replay(ID, START, table.entries)).toEqual(table.session);
  });

  it('V11 stands in the view of every seat alike, from when it was found until the next turn is opened', () => {
    const table = opened(withCounsellor);
    expect(behindOf(table)).toEqual([null, null, null]);
    table.jump(5_000);
    const { at } = found(table);
    table.jump(5_000);
    expect(behindOf(table)).toEqual([at, at, at]);
    table.must('counsellor', 'moderate.speak');
    expect(behindOf(table)).toEqual([null, null, null]);
  });

  it('V11 is shown no more once the session is sealed or erased', () => {
    const sealed = found(opened());
    for (const seat of ['partnerA', 'partnerB'] as const) sealed.must(seat, 'consent.save', { keep: true });
    sealed.must('partnerA', 'session.close');
    expect(sealed.view('partnerB')).toMatchObject({ phase: 'sealed', behind: null });
    const erased = found(opened());
    erased.must('partnerB', 'consent.save', { keep: false });
    erased.must('partnerA', 'session.close');
    expect(erased.view('partnerA')).toMatchObject({ phase: 'erased', behind: null });
  });
});
