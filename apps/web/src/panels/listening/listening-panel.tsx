import { sessionWords } from '../../locales/en-session.ts';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { PauseChoice } from '../pause/pause-choice.tsx';
import { counsellorName, nameOf, otherSeat, sideOf } from '../room.ts';
import { FreshAnswers } from '../said/fresh-answers.tsx';
import { SaidBefore } from '../said/said-before.tsx';
import { SaidCards } from '../said/said-cards.tsx';
import { TurnWords } from '../said/turn-words.tsx';
import styles from './listening.module.css';
import { ListeningSignals } from './listening-signals.tsx';

/** Another's turn. There is nothing here to write in: the part of this seat is to listen. */
export function ListeningPanel({ session, view }: PanelProps) {
  const { turn, status } = view.floor;
  const holder = view.floor.holder ?? otherSeat(view);
  if (turn === null) return null;
  const words = sessionWords.listening;
  return (
    <div className={styles.listening}>
      <p className={styles.prompt}>{view.moment?.prompt ?? words.calm}</p>
      <FreshAnswers view={view} />
      <SaidCards session={session} view={view} turns={view.moment?.shows ?? []}>
        <Card side={sideOf(holder)} name={nameOf(view, holder)} about={sessionWords.said.writes} edge="none">
          <TurnWords session={session} turn={turn} empty={words.quiet} />
        </Card>
      </SaidCards>
      {status === 'frozen' ? <Notice>{words.frozen(counsellorName(view) ?? '')}</Notice> : null}
      <ListeningSignals session={session} view={view} />
      <PauseChoice session={session} view={view} />
      <SaidBefore session={session} view={view} />
    </div>
  );
}
