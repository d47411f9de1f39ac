import { describe, expect, it } from 'vitest';
import type { RecordAnswer, RecordTurn, SessionRecord } from '../../http/record.ts';
import { outlineOf } from './outline.ts';

const turn = (id: string, kind: string, openedAt: number): RecordTurn => ({
  id,
  seat: 'partnerA',
  name: 'Sam',
  exercise: 'take-turns',
  moment: `m-${id}`,
  kind,
  openedAt,
  closedAt: openedAt + 1,
  text: id,
});

const answer = (kind: string, about: string | null, at: number): RecordAnswer => ({
  moment: `m-${at}`,
  kind,
  seat: 'partnerB',
  name: 'Alex',
  label: 'Yes',
  words: null,
  about,
  at,
});

const record = (turns: RecordTurn[], answers: RecordAnswer[]): SessionRecord => ({
  sessionId: 's',
  phase: 'sealed',
  sealedAt: 99,
  turns,
  answers,
  promises: [],
});

const shelf = [
  {
    id: 'take-turns',
    title: 'Take turns',
    summary: '',
    minutes: 25,
    moments: [
      { id: 'a', kind: 'speak', title: 'Saying it' },
      { id: 'b', kind: 'mirror', title: 'Saying it back' },
      { id: 'c', kind: 'promise', title: 'Something to keep' },
    ],
  },
];

describe('the outline of a record', () => {
  it('has one chapter an exercise, and a heading a moment', () => {
    const [chapter, ...rest] = outlineOf(record([turn('1', 'speak', 1), turn('2', 'mirror', 5)], []), shelf);
    expect(rest).toEqual([]);
    expect(chapter?.title).toBe('Take turns');
    expect(chapter?.moments.map(({ title }) => title)).toEqual(['Saying it', 'Saying it back']);
  });

  it('puts an answer beside the turn it is about, and the others where they came', () => {
    const answers = [answer('check', '2', 6), answer('promise', null, 8), answer('confirm', null, 0)];
    const [chapter] = outlineOf(record([turn('1', 'speak', 1), turn('2', 'mirror', 5)], answers), shelf);
    expect(chapter?.moments[1]?.turns[0]?.answers).toHaveLength(1);
    expect(chapter?.moments.at(-1)).toMatchObject({ title: 'Something to keep', turns: [] });
    expect(chapter?.moments).toHaveLength(3);
  });

  it('shows the words also where the exercise is not known here', () => {
    const chapters = outlineOf(record([turn('1', 'speak', 1)], []), []);
    expect(chapters[0]?.moments[0]?.turns[0]?.turn.text).toBe('1');
  });
});
