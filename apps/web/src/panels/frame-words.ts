/** What stands around a panel: its title, the line above it, and what is read out when it comes. Pure. */

import type { View } from '@mend/core';
import { sessionWords } from '../locales/en-session.ts';
import { isolate } from '../locales/isolate.ts';
import { panelFor } from './panel-for.ts';
import { counsellorName, isMomentTurn, nameOf, otherSeat } from './room.ts';

export interface FrameWords {
  readonly title: string;
  readonly above: string | null;
  /** One sentence a turn, for those who hear the page. */
  readonly said: string;
  readonly sees: string;
}

export function frameWords(view: View): FrameWords {
  const title = titleOf(view);
  const isAbout = view.phase === 'live' && (view.floor.turn === null || isMomentTurn(view));
  const sentence = /[.?…]$/.test(title) ? title : `${title}.`;
  const said = `${sentence} ${isAbout ? (view.moment?.prompt ?? '') : ''}`.trim();
  return { title, above: aboveOf(view), said, sees: seesOf(view) };
}

function titleOf(view: View): string {
  const you = nameOf(view, view.you);
  const other = nameOf(view, otherSeat(view));
  switch (panelFor(view)) {
    case 'writing':
      return sessionWords.writing.title(you);
    case 'listening':
      return sessionWords.listening.title(nameOf(view, view.floor.holder ?? otherSeat(view)));
    case 'question':
      return questionTitle(view, other);
    case 'choose':
      return view.turns.length === 0 ? sessionWords.choose.title : sessionWords.choose.titleAgain;
    case 'paused':
      return sessionWords.pause.title;
    case 'ended':
      return sessionWords.ended.title;
    case 'lobby':
      return sessionWords.waitingRoom;
  }
}

/** What both are asked is called by its name; what one is asked says who. */
function questionTitle({ moment, you }: View, other: string): string {
  const asked = moment?.answered !== null || moment.waitingFor.includes(you);
  return asked
    ? (moment?.title ?? sessionWords.question.bothTitle)
    : sessionWords.question.waitingTitle(other);
}

function aboveOf(view: View): string | null {
  if (view.phase !== 'live' || view.moment === null) return null;
  const title = view.floor.turn === null ? (view.exerciseTitle ?? '') : view.moment.title;
  const { progress } = view;
  return progress === null ? title : sessionWords.step(progress.at, progress.of, title);
}

function seesOf(view: View): string {
  const { sees } = sessionWords;
  const counsellor = counsellorName(view);
  const all = counsellor === null ? sees.youTwo : sees.withCounsellor(counsellor);
  const readers = view.seats.filter(({ seat }) => seat !== view.you).map(({ name }) => isolate(name));
  const names = new Intl.ListFormat('en', { type: 'conjunction' }).format(readers);
  const isWriting = panelFor(view) === 'writing';
  return `${isWriting ? sees.asYouWrite(names, readers.length) : all} ${sees.keep}`;
}
