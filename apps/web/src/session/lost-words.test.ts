import { millis, type TurnId, turnId } from '@mend/core';
import { expect, it } from 'vitest';
import { createDrafts } from './drafts.ts';
import { sampleView } from './fake-wire.ts';
import { createLostWords } from './lost-words.ts';

const turn = (id: TurnId, openedAt: number) => ({
  id,
  seat: 'partnerA' as const,
  exercise: null,
  moment: null,
  kind: 'free',
  openedAt: millis(openedAt),
  closedAt: null,
});
const t1 = turnId('t1');
const writing = (openedAt: number) =>
  sampleView({
    floor: { status: 'held', holder: 'partnerA', turn: t1, pen: null },
    turns: [turn(t1, openedAt)],
  });

function scene() {
  const drafts = createDrafts({ storage: null, session: 's' });
  const lost: string[] = [];
  const words = createLostWords({ document: { lost: () => lost }, drafts });
  const lose = (id: string) => {
    const draft = drafts.save({ turn: id, words: `lost of ${id}`, whole: '' });
    if (draft) lost.push(draft.id);
    return draft;
  };
  return { drafts, words, lose };
}

it('finds what the server lost of the own turn while that is open', () => {
  const { words, lose } = scene();
  expect(words.look(writing(1))).toBeNull();
  const draft = lose('t1');
  lose('t2');
  expect(words.look(sampleView({ turns: [turn(t1, 1)] }))).toBeNull();
  expect(words.look(writing(1))).toBe(draft);
});

it('leaves a draft alone that the server never had, and one that was put away', () => {
  const { drafts, words, lose } = scene();
  drafts.save({ turn: 't1', words: 'refused', whole: '' });
  expect(words.look(writing(1))).toBeNull();
  drafts.discard(lose('t1')?.id ?? '');
  expect(words.look(writing(1))).toBeNull();
});

it('does not take a turn for the lost one that only has its id', () => {
  const { words, lose } = scene();
  words.look(writing(1));
  lose('t1');
  expect(words.look(writing(2))).toBeNull();
});

it('finds nothing without a view, in the other’s turn, and while the turn rests', () => {
  const { words, lose } = scene();
  lose('t1');
  expect(words.look(null)).toBeNull();
  const { floor, turns } = writing(1);
  expect(words.look(sampleView({ turns, floor: { ...floor, holder: 'partnerB' } }))).toBeNull();
  expect(words.look(sampleView({ turns, floor: { ...floor, status: 'frozen' } }))).toBeNull();
});
