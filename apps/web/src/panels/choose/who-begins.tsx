import { PARTNERS, type Partner, type View } from '@mend/core';
import { useId } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { nameOf } from '../room.ts';
import styles from './choose.module.css';

/** Two buttons with two names, one as large as the other. `busy`: whose is on its way. */
export function WhoBegins(props: {
  readonly view: View;
  readonly busy: Partner | null;
  readonly onChoose: (first: Partner) => void;
}) {
  const { view, busy, onChoose } = props;
  const id = useId();
  const words = sessionWords.choose;
  if (!view.may.includes('exercise.start')) return null;
  return (
    <section className={styles.who} aria-labelledby={`${id}-who`}>
      <h3 id={`${id}-who`}>{words.whoBegins}</h3>
      <p className={styles.quiet}>{words.hint}</p>
      <div className={styles.names}>
        {PARTNERS.map((seat) => (
          <Button key={seat} kind="choice" busy={busy !== null} onPress={() => onChoose(seat)}>
            {seat === view.you ? words.youBegin(nameOf(view, seat)) : words.begins(nameOf(view, seat))}
          </Button>
        ))}
      </div>
    </section>
  );
}
