import { useState } from 'react';
import { useSaying } from '../../hooks/use-saying.ts';
import { useShelf } from '../../hooks/use-shelf.ts';
import type { ShelfEntry } from '../../http/record.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { EndSession } from '../ended/end-session.tsx';
import type { PanelProps } from '../panel-props.ts';
import { wasNotNow } from '../room.ts';
import { FreshAnswers } from '../said/fresh-answers.tsx';
import { SaidBefore } from '../said/said-before.tsx';
import { troubleWords } from '../trouble.ts';
import styles from './choose.module.css';
import { WhoBegins } from './who-begins.tsx';

/** Nothing runs: one of the two chooses what to do, and who begins. */
export function ChoosePanel({ session, view }: PanelProps) {
  const { shelf, again } = useShelf();
  const { busy, trouble, say } = useSaying(session);
  const words = sessionWords.choose;
  return (
    <div className={styles.choose}>
      {wasNotNow(view) ? <p>{words.notNow}</p> : null}
      <FreshAnswers view={view} />
      <p>{words.waiting}</p>
      {shelf === null ? <p className={styles.quiet}>{words.loading}</p> : null}
      {shelf === 'missing' ? (
        <Notice
          action={
            <Button kind="quiet" onPress={again}>
              {words.again}
            </Button>
          }
        >
          {words.missing}
        </Notice>
      ) : null}
      {shelf !== null && shelf !== 'missing' ? (
        <Shelf
          entries={shelf}
          begin={(exercise) => (
            <WhoBegins
              view={view}
              busy={busy?.type === 'exercise.start' ? busy.first : null}
              onChoose={(first) => void say({ type: 'exercise.start', exercise: exercise.id, first })}
            />
          )}
        />
      ) : null}
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
      <SaidBefore session={session} view={view} />
      <EndSession session={session} view={view} label={sessionWords.close.button} />
    </div>
  );
}

/** One is open at a time; where there is only one, it is open from the beginning. */
function Shelf(props: {
  readonly entries: readonly ShelfEntry[];
  readonly begin: (entry: ShelfEntry) => React.ReactNode;
}) {
  const { entries, begin } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const open = entries.length === 1 ? entries[0]?.id : chosen;
  return (
    <ul className={styles.list} aria-label={sessionWords.choose.list}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.entry} data-open={entry.id === open || undefined}>
          <h2>{entry.title}</h2>
          <p>{entry.summary}</p>
          <p className={styles.quiet}>{sessionWords.choose.minutes(entry.minutes)}</p>
          {entry.id === open ? (
            begin(entry)
          ) : (
            <Button kind="quiet" onPress={() => setChosen(entry.id)}>
              {sessionWords.choose.this}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
