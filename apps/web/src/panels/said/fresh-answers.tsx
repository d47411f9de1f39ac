import type { View } from '@mend/core';
import { isolate } from '../../locales/isolate.ts';
import { freshAnswers, nameOf } from '../room.ts';
import styles from './said.module.css';
import { Words } from './turn-words.tsx';

/** What was just answered, so that nobody has to guess how their words were taken. */
export function FreshAnswers(props: { readonly view: View }) {
  const { view } = props;
  const answers = freshAnswers(view);
  if (answers.length === 0) return null;
  return (
    <div className={styles.answers}>
      {answers.map(({ moment, seat, label, words }) => (
        <div key={`${moment} ${seat}`} className={styles.answer}>
          <p>
            <span className={styles.who}>{isolate(nameOf(view, seat))}: </span>
            {label}
          </p>
          {words === null ? null : <Words>{words}</Words>}
        </div>
      ))}
    </div>
  );
}
