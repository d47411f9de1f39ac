/** Who is who in a view. Pure. */

import { type AnswerView, otherPartner, type Seat, type View } from '@mend/core';
import type { Side } from '../ui/side.ts';

export const nameOf = (view: View, seat: Seat): string =>
  view.seats.find((one) => one.seat === seat)?.name ?? '';

/** The one this seat talks with; for the counsellor, the one who acts now. */
export function otherSeat(view: View): Seat {
  if (view.you !== 'counsellor') return otherPartner(view.you);
  return view.floor.holder ?? view.moment?.waitingFor[0] ?? 'partnerA';
}

/** By the order of joining: whoever made the invitation is first. */
export const sideOf = (seat: Seat): Side =>
  seat === 'partnerA' ? 'first' : seat === 'partnerB' ? 'second' : 'counsellor';

/** The counsellor's name, where there is one in the room. */
export const counsellorName = (view: View): string | null =>
  view.seats.find(({ seat }) => seat === 'counsellor')?.name ?? null;

/** Answers that came since the last turn ended: they belong beside what comes next, and no longer. */
export function freshAnswers(view: View): readonly AnswerView[] {
  const last = view.answers.at(-1);
  if (last === undefined || last.moment === view.moment?.id) return [];
  const closed = Math.max(0, ...view.turns.map(({ closedAt }) => closedAt ?? 0));
  return view.answers.filter(
    // Of the opening, only what somebody added in words.
    ({ moment, at, kind, words }) =>
      moment === last.moment && at >= closed && (kind !== 'confirm' || words !== null),
  );
}

/** Whether the last thing that happened was a *not now* at an exercise's opening. */
export function wasNotNow(view: View): boolean {
  const closed = Math.max(0, ...view.turns.map(({ closedAt }) => closedAt ?? 0));
  const last = view.answers.at(-1);
  return view.exercise === null && last?.kind === 'confirm' && last.at >= closed;
}

/** Whether the open turn is what the moment asks for; a counsellor's own turn lies over it. */
export const isMomentTurn = ({ floor, moment, turns }: View): boolean =>
  moment !== null && turns.some((turn) => turn.id === floor.turn && turn.moment === moment.id);
