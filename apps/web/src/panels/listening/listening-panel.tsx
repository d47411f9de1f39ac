import { sessionWords } from '../../locales/en-session.ts';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { PauseChoice } from '../pause/pause-choice.tsx';
import { counsellorName, isMomentTurn, nameOf, otherSeat, sideOf } from '../room.ts';
import { FreshAnswers } from '../said/fresh-answers.tsx';
import { SaidBefore } from '../said/said-before.tsx';
import { SaidCards } from '../said/said-cards.tsx';
import styles from './listening.module.css';
import { ListeningSignals } from './listening-signals.tsx';
import { LiveWords } from './live-words.tsx';

/** Another's turn. There is nothing here to write in: the part of this seat is to listen. */
export function ListeningPanel({ session, view }: PanelProps) {
  const { turn, status } = view.floor;
  const holder = view.floor.holder ?? otherSeat(view);
  if (turn === null) return null;
  const words = sessionWords.listening;
  const moment = isMomentTurn(view) ? view.moment : null;
  return (
    <div className={styles.listening}>
      <p className={styles.prompt}>{moment?.prompt ?? words.calm}</p>
      <FreshAnswers view={view} />
      <SaidCards session={session} view={view} turns={moment?.shows ?? []}>
        <Card side={sideOf(holder)} name={nameOf(view, holder)} about={sessionWords.said.writes} edge="none">
          <LiveWords session={session} turn={turn} />
        </Card>
      </SaidCards>
      {status === 'frozen' ? <Notice>{words.frozen(counsellorName(view) ?? '')}</Notice> : null}
      <ListeningSignals session={session} view={view} />
      <PauseChoice session={session} view={view} />
      <SaidBefore session={session} view={view} />
    </div>
  );
}
