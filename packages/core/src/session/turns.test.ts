import { describe, expect, it } from 'vitest';
import { begun, CLIENT, opened, type Table, vectorOf, withCounsellor } from './fixtures/table.ts';
import { floorHolder } from './state.ts';

const TAB = 12;
const writers = (table: Table) =>
  (['partnerA', 'partnerB', 'counsellor'] as const).filter((seat) => table.writable(seat) !== null);

describe('the floor', () => {
  it('T1 only the holder writes, and nobody while nobody holds it', () => {
    const table = begun(withCounsellor);
    expect(floorHolder(table.session)?.seat).toBe('partnerA');
    expect(writers(table)).toEqual(['partnerA']);
    expect(writers(opened())).toEqual([]);
    expect(table.write('partnerB')).toBe(false);
    expect(table.write('counsellor')).toBe(false);
  });

  it('T8 a turn goes on for as long as its holder likes', () => {
    const table = begun();
    table.write('partnerA');
    table.wait(30 * 24 * 60 * 60_000);
    table.jump(-60 * 60_000);
    expect(table.write('partnerA')).toBe(true);
  });
});

describe('the pen', () => {
  it('T3 is the first connection’s that writes, and stays with it', () => {
    const table = begun();
    expect(table.view('partnerA').floor.pen).toBeNull();
    expect(table.write('partnerA')).toBe(true);
    expect(table.view('partnerA').floor.pen).toBe(CLIENT.partnerA);
    expect(table.view('partnerB').floor.pen).toBeNull();
    expect(table.write('partnerA', TAB)).toBe(false);
    expect(table.write('partnerA')).toBe(true);
  });

  it('T3 is free again in the next turn', () => {
    const table = begun();
    table.write('partnerA');
    expect(table.done('partnerA')).toBeNull();
    expect(table.view('partnerB').floor).toMatchObject({ holder: 'partnerB', pen: null });
  });

  it('T4 moves to another connection of the holder’s seat', () => {
    const table = begun();
    table.write('partnerA');
    table.must('partnerA', 'turn.here', { clientId: TAB });
    expect(table.write('partnerA')).toBe(false);
    expect(table.write('partnerA', TAB)).toBe(true);
    const before = table.session;
    table.must('partnerA', 'turn.here', { clientId: TAB });
    expect(table.session).toBe(before);
  });

  it('T4 D22 is nobody else’s to take, and never goes to another seat’s connection', () => {
    const table = begun();
    expect(table.code('partnerB', 'turn.here', { clientId: CLIENT.partnerB })).toBe('not-now');
    expect(table.code('partnerA', 'turn.here', { clientId: -1 })).toBe('bad-input');
    expect(table.code('partnerA', 'turn.here', { clientId: 1.5 })).toBe('bad-input');
    table.write('partnerA');
    table.done('partnerA');
    expect(table.code('partnerB', 'turn.here', { clientId: CLIENT.partnerA })).toBe('not-allowed');
  });

  it('T4 moves in the grace too, and not after it', () => {
    const table = begun();
    table.must('partnerA', 'pause.start');
    table.jump(2_000);
    expect(table.code('partnerA', 'turn.here', { clientId: TAB })).toBeNull();
    table.jump(1);
    expect(table.code('partnerA', 'turn.here', { clientId: CLIENT.partnerA })).toBe('not-now');
  });
});

describe('closing', () => {
  const closing = () => {
    const table = begun(withCounsellor);
    table.write('partnerA');
    table.wait(10_000);
    table.must('counsellor', 'moderate.give', { seat: 'partnerB' });
    return table;
  };

  it('T5 is over when the writer has been quiet for 400 ms', () => {
    const table = closing();
    expect(table.view('partnerB').floor).toMatchObject({ status: 'closing', holder: 'partnerA' });
    table.wait(399);
    expect(table.view('partnerB').floor.status).toBe('closing');
    table.wait(1);
    expect(table.view('partnerB').floor).toMatchObject({ status: 'held', holder: 'partnerB' });
  });

  it('T5 waits for words that still come in, 2 s at the most', () => {
    const table = closing();
    for (let i = 0; i < 6; i++) {
      table.wait(333);
      expect(table.write('partnerA')).toBe(true);
      expect(table.write('partnerB')).toBe(false);
    }
    table.wait(1);
    expect(table.view('partnerB').floor.status).toBe('closing');
    table.wait(1);
    expect(table.view('partnerB').floor).toMatchObject({ status: 'held', holder: 'partnerB' });
    expect(table.write('partnerA')).toBe(false);
  });

  it('T5 takes nothing after 2 s, even where nobody has looked', () => {
    const table = closing();
    table.jump(2_001);
    expect(table.write('partnerA')).toBe(false);
    table.tick();
    expect(table.view('partnerB').floor.holder).toBe('partnerB');
  });

  it('T5 nothing but its end follows: no other act of the counsellor comes in between', () => {
    const table = closing();
    for (const type of ['moderate.skip', 'moderate.speak'] as const)
      expect(table.code('counsellor', type)).toBe('not-now');
    expect(table.code('counsellor', 'moderate.give', { seat: 'partnerA' })).toBe('not-now');
    expect(table.done('partnerA')).toBe('not-now');
  });

  it('T5 is over at once for a clock that was set back behind its beginning', () => {
    const table = closing();
    table.jump(-60 * 60_000);
    expect(table.write('partnerA')).toBe(false);
    table.tick();
    expect(table.view('partnerB').floor).toMatchObject({ status: 'held', holder: 'partnerB' });
  });

  it('T5 goes on frozen where the counsellor holds the floor meanwhile', () => {
    const table = closing();
    table.must('counsellor', 'moderate.hold');
    table.wait(2_000);
    expect(table.view('partnerB').floor).toMatchObject({ status: 'frozen', holder: 'partnerB' });
  });
});

describe('turn.done', () => {
  it('T7 ends the turn when all of its words are here, and the exercise goes on', () => {
    const table = begun();
    table.write('partnerA');
    expect(table.done('partnerA')).toBeNull();
    expect(table.session.turns[0]?.closedAt).toBe(table.at);
    expect(table.view('partnerB')).toMatchObject({
      moment: { kind: 'mirror', holder: 'partnerB' },
      floor: { status: 'held', holder: 'partnerB' },
    });
  });

  it('T7 D26 waits for words that its vector knows and the log does not', () => {
    const table = begun();
    table.write('partnerA');
    const ahead = vectorOf(new Map([[CLIENT.partnerA, 5]]));
    expect(table.code('partnerA', 'turn.done', { stateVector: ahead })).toBe('words-missing');
    const unseen = vectorOf(new Map([[TAB, 1]]));
    expect(table.code('partnerA', 'turn.done', { stateVector: unseen })).toBe('words-missing');
    expect(table.view('partnerA').floor).toMatchObject({ status: 'held', holder: 'partnerA' });
    table.write('partnerA', CLIENT.partnerA, 2);
    expect(table.code('partnerA', 'turn.done', { stateVector: ahead })).toBeNull();
  });

  it('T7 does not wait for what it knows of others', () => {
    const table = begun();
    table.write('partnerA');
    table.done('partnerA');
    table.write('partnerB');
    const vector = vectorOf(
      new Map([
        [CLIENT.partnerA, 900],
        [CLIENT.partnerB, 3],
      ]),
    );
    expect(table.code('partnerB', 'turn.done', { stateVector: vector })).toBeNull();
  });

  it.each([['!'], ['AQ'], ['AQsDAA=='], ['gAA='], ['AgsDCwM=']])(
    'T7 %j is no state vector',
    (stateVector) => {
      expect(begun().code('partnerA', 'turn.done', { stateVector })).toBe('bad-input');
    },
  );

  it('T7 is the holder’s alone', () => {
    const table = begun(withCounsellor);
    expect(table.done('partnerB')).toBe('not-now');
    expect(table.done('counsellor')).toBe('not-now');
    expect(opened().done('partnerA')).toBe('not-now');
    expect(table.code('partnerA', 'turn.done', {})).toBe('bad-input');
  });

  it('T7 says that the turn it names is over, and ends no other in its place', () => {
    const table = begun();
    const turn = table.view('partnerA').floor.turn;
    expect(table.done('partnerA', { turn: 'no-such-turn' })).toBe('turn-over');
    expect(table.done('partnerA', { turn })).toBeNull();
    expect(table.done('partnerA', { turn })).toBe('turn-over');
    expect(table.done('partnerB', { turn })).toBe('turn-over');
    expect(table.view('partnerB').floor.holder).toBe('partnerB');
  });

  it('T7 a turn that only rests is not over', () => {
    const table = begun(withCounsellor);
    const turn = table.view('partnerA').floor.turn;
    table.must('counsellor', 'moderate.hold');
    expect(table.done('partnerA', { turn })).toBe('not-now');
    table.must('counsellor', 'moderate.speak');
    expect(table.done('partnerA', { turn })).toBe('not-now');
    table.must('counsellor', 'moderate.resume');
    expect(table.done('partnerA', { turn })).toBeNull();
  });

  it('T7 ends the turn it names, not the one that lies over it', () => {
    const table = begun(withCounsellor);
    table.must('counsellor', 'moderate.give', { seat: 'counsellor' });
    table.wait(400);
    const under = table.view('counsellor').floor.turn;
    table.must('counsellor', 'moderate.speak');
    expect(table.done('counsellor', { turn: under })).toBe('not-now');
    expect(table.done('counsellor')).toBeNull();
    expect(table.view('counsellor').floor).toMatchObject({ status: 'held', turn: under });
  });
});
