import type { MomentView } from '@mend/core';
import { useState } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import styles from './writing.module.css';

/** Beginnings of a sentence, put in at the caret and the writer's own from then on; and an example, if asked for. */
export function WaysToBegin(props: {
  readonly moment: MomentView;
  readonly isOpen: boolean;
  readonly onInsert: (words: string) => void;
}) {
  const { moment, isOpen, onInsert } = props;
  const [shown, setShown] = useState(false);
  const words = sessionWords.writing;
  return (
    <div className={styles.begin}>
      {moment.starters.length === 0 ? null : (
        <ul className={styles.starters} aria-label={words.starters}>
          {moment.starters.map((starter) => (
            <li key={starter}>
              <button
                type="button"
                className={styles.starter}
                aria-disabled={!isOpen || undefined}
                onClick={() => isOpen && onInsert(starter)}
              >
                {starter.replace(/[\s:,]+$/, '')} …
              </button>
            </li>
          ))}
        </ul>
      )}
      {moment.example === null ? null : (
        <>
          <div>
            <Button kind="bar" onPress={() => setShown(!shown)}>
              {shown ? words.hideExample : words.example}
            </Button>
          </div>
          {shown ? <p className={styles.example}>{moment.example}</p> : null}
        </>
      )}
    </div>
  );
}
