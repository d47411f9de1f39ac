import type { RecordAnswer, RecordTurn, SessionRecord, ShelfEntry } from '../../http/record.ts';

/** The record as it is read: by exercise, then by moment, each turn with the answers about it. */

export interface Chapter {
  readonly key: string;
  /** The exercise's title; null for words outside of any. */
  readonly title: string | null;
  readonly moments: readonly Moment[];
}

export interface Moment {
  readonly key: string;
  readonly title: string | null;
  readonly turns: readonly TurnWithAnswers[];
  /** Answers that are about no turn. */
  readonly answers: readonly RecordAnswer[];
}

export interface TurnWithAnswers {
  readonly turn: RecordTurn;
  readonly answers: readonly RecordAnswer[];
}

type Item =
  | { readonly at: number; readonly turn: RecordTurn; readonly exercise: string | null }
  | { readonly at: number; readonly answer: RecordAnswer; readonly exercise: string | null };

/** Answers to the question whether to begin say nothing that is worth reading later. */
const LEFT_OUT: readonly string[] = ['confirm'];

export function outlineOf(record: SessionRecord, shelf: readonly ShelfEntry[]): readonly Chapter[] {
  const known = new Set(record.turns.map(({ id }) => id));
  const answers = record.answers.filter(({ kind }) => !LEFT_OUT.includes(kind));
  const about = (turn: RecordTurn): readonly RecordAnswer[] => answers.filter((one) => one.about === turn.id);
  const alone = answers.filter((one) => one.about === null || !known.has(one.about));

  const chapters: { key: string; title: string | null; moments: Moment[] }[] = [];
  for (const item of inOrder(record.turns, alone)) {
    const last = chapters.at(-1);
    const title = shelf.find(({ id }) => id === item.exercise)?.title ?? item.exercise;
    const chapter = last && last.title === title ? last : { key: `${chapters.length}`, title, moments: [] };
    if (chapter !== last) chapters.push(chapter);
    const kind = 'turn' in item ? item.turn.kind : item.answer.kind;
    chapter.moments.push({
      key: `${chapter.key}-${chapter.moments.length}`,
      title: momentTitle(shelf, item.exercise, kind),
      turns: 'turn' in item ? [{ turn: item.turn, answers: about(item.turn) }] : [],
      answers: 'answer' in item ? [item.answer] : [],
    });
  }
  return chapters.map((chapter) => ({ ...chapter, moments: joined(chapter.moments) }));
}

/** Answers know no exercise of their own: they belong to the one whose turn came last before them. */
function inOrder(turns: readonly RecordTurn[], answers: readonly RecordAnswer[]): readonly Item[] {
  const items: Item[] = [
    ...turns.map((turn) => ({ at: turn.openedAt, turn, exercise: turn.exercise })),
    ...answers.map((answer) => ({
      at: answer.at,
      answer,
      exercise: turns.findLast(({ openedAt }) => openedAt <= answer.at)?.exercise ?? null,
    })),
  ];
  return items.toSorted((one, other) => one.at - other.at);
}

/** Neighbours with the same heading stand under one. */
function joined(moments: readonly Moment[]): readonly Moment[] {
  const all: Moment[] = [];
  for (const moment of moments) {
    const last = all.at(-1);
    if (last && last.title === moment.title) {
      const turns = [...last.turns, ...moment.turns];
      all[all.length - 1] = { ...last, turns, answers: [...last.answers, ...moment.answers] };
    } else all.push(moment);
  }
  return all;
}

function momentTitle(shelf: readonly ShelfEntry[], exercise: string | null, kind: string): string | null {
  const moments = shelf.find(({ id }) => id === exercise)?.moments ?? [];
  return moments.find((moment) => moment.kind === kind)?.title ?? null;
}
