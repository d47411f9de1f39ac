/** What the others say without words, as sentences. Pure. */

import type { View } from '@mend/core';
import { sessionWords } from '../locales/en-session.ts';
import type { SessionSnapshot } from '../session/session-snapshot.ts';
import { nameOf } from './room.ts';

/** A hand that is up stays; signs given in passing are there for a while. */
export function signalLines({ notices }: Pick<SessionSnapshot, 'notices'>, view: View): readonly string[] {
  const { shown } = sessionWords.signals;
  const passing = notices.flatMap(({ notice }) =>
    notice.type === 'signal' ? [shown[notice.kind](nameOf(view, notice.from))] : [],
  );
  const hands = view.hands
    .filter((seat) => seat !== view.you)
    .map((seat) => shown['a-turn'](nameOf(view, seat)));
  return [...new Set([...passing, ...hands])].slice(-2);
}

export interface CounsellorLine {
  readonly text: string;
  readonly to: 'both' | 'you';
}

/** Lines of the counsellor that came since the last turn ended, and what was said to this seat alone. */
export function counsellorLines(
  { notices }: Pick<SessionSnapshot, 'notices'>,
  view: View,
): readonly CounsellorLine[] {
  const closed = Math.max(0, ...view.turns.map(({ closedAt }) => closedAt ?? 0));
  const toBoth = view.lines.filter(({ at }) => at >= closed).slice(-1);
  const toYou = notices.flatMap(({ notice }) => (notice.type === 'line' ? [notice.text] : []));
  return [
    ...toBoth.map(({ text }) => ({ text, to: 'both' as const })),
    ...toYou.map((text) => ({ text, to: 'you' as const })),
  ];
}
