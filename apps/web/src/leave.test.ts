import { describe, expect, it } from 'vitest';
import { type Exit, leaveBy, sessionIn, shiftPresses } from './leave.ts';

const recording = (done: string[]): Exit => ({
  blank: () => done.push('blank'),
  forget: () => done.push('forget'),
  drop: (session) => done.push(`drop ${session}`),
  go: () => done.push('go'),
});

describe('leaving', () => {
  it('blanks first and goes last', () => {
    const done: string[] = [];
    leaveBy(recording(done), 'abc');
    expect(done).toEqual(['blank', 'forget', 'drop abc', 'go']);
  });

  it('goes even if nothing else can be done', () => {
    const done: string[] = [];
    const stuck = (): never => {
      throw new Error('storage is closed');
    };
    leaveBy({ ...recording(done), blank: stuck, forget: stuck, drop: stuck }, 'abc');
    expect(done).toEqual(['go']);
  });

  it('knows the session by the address', () => {
    expect(sessionIn('/s/abc234')).toBe('abc234');
    expect(sessionIn('/s/abc234/transcript')).toBe('abc234');
    expect(sessionIn('/join')).toBeNull();
  });
});

describe('shift three times', () => {
  const press = (
    third: ReturnType<typeof shiftPresses>,
    at: number,
    between: readonly string[] = [],
  ): boolean => {
    third({ type: 'keydown', key: 'Shift', timeStamp: at });
    for (const key of between) third({ type: 'keydown', key, timeStamp: at });
    return third({ type: 'keyup', key: 'Shift', timeStamp: at });
  };

  it('is noticed at the third press', () => {
    const third = shiftPresses();
    expect([press(third, 0), press(third, 300), press(third, 600)]).toEqual([false, false, true]);
  });

  it('is not three capital letters', () => {
    const third = shiftPresses();
    expect([press(third, 0, ['I']), press(third, 1, ['A']), press(third, 2, ['M'])]).not.toContain(true);
  });

  it('is not one press now and two much later', () => {
    const third = shiftPresses();
    expect([press(third, 0), press(third, 6_000), press(third, 6_300)]).not.toContain(true);
  });
});
