import { useWriting } from '../../hooks/use-writing.ts';
import { Notice } from '../../ui/notice.tsx';
import { DraftsTray } from '../drafts/drafts-tray.tsx';
import type { PanelProps } from '../panel-props.ts';
import { PauseChoice } from '../pause/pause-choice.tsx';
import { isMomentTurn } from '../room.ts';
import { FreshAnswers } from '../said/fresh-answers.tsx';
import { SaidBefore } from '../said/said-before.tsx';
import { SaidCards } from '../said/said-cards.tsx';
import { troubleWords } from '../trouble.ts';
import { Composer } from './composer.tsx';
import { PassTurn } from './pass-turn.tsx';
import { WaysToBegin } from './ways-to-begin.tsx';
import styles from './writing.module.css';
import { WritingHindrance } from './writing-hindrance.tsx';

/** The own turn. The parent gives it the turn as its key, so nothing of one turn is left in the next. */
export function WritingPanel({ session, snapshot, view, turn }: PanelProps & { readonly turn: string }) {
  const writing = useWriting(session, snapshot, turn);
  const moment = isMomentTurn(view) ? view.moment : null;
  return (
    <div className={styles.writing}>
      <FreshAnswers view={view} />
      {moment ? <p className={styles.prompt}>{moment.prompt}</p> : null}
      {moment ? <SaidCards session={session} view={view} turns={moment.shows} height="capped" /> : null}
      <WritingHindrance session={session} snapshot={snapshot} view={view} />
      <Composer snapshot={snapshot} view={view} writing={writing} />
      <DraftsTray
        session={session}
        snapshot={snapshot}
        {...(writing.isOpen ? { onInsert: writing.insert } : {})}
      />
      {writing.trouble === null ? null : <Notice live>{troubleWords(writing.trouble)}</Notice>}
      <PassTurn snapshot={snapshot} view={view} writing={writing} />
      {moment ? <WaysToBegin moment={moment} isOpen={writing.isOpen} onInsert={writing.insert} /> : null}
      <PauseChoice session={session} view={view} />
      <SaidBefore session={session} view={view} />
    </div>
  );
}
