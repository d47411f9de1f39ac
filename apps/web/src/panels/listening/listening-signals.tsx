import type { Signal } from '@mend/core';
import { useEffect, useState } from 'react';
import { useSaying } from '../../hooks/use-saying.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { nameOf, otherSeat } from '../room.ts';
import { troubleWords } from '../trouble.ts';
import styles from './listening.module.css';

/** Milliseconds for which it is said that a sign was given. */
const SAID_FOR = 6_000;

/** Four things to say without words. *A turn* stays asked for until it is taken back; the others pass. */
export function ListeningSignals({ session, view }: Pick<PanelProps, 'session' | 'view'>) {
  const { busy, trouble, say } = useSaying(session);
  const [given, setGiven] = useState<Signal | null>(null);
  useEffect(() => {
    if (given === null) return;
    const timer = setTimeout(() => setGiven(null), SAID_FOR);
    return () => clearTimeout(timer);
  }, [given]);
  if (!view.may.includes('signal') && !view.may.includes('turn.ask')) return null;

  const words = sessionWords.listening;
  const name = nameOf(view, view.floor.holder ?? otherSeat(view));
  const asks = view.hands.includes(view.you);
  const give = async (kind: Signal): Promise<void> => {
    const taken = await say(kind === 'a-turn' ? { type: 'turn.ask', ask: !asks } : { type: 'signal', kind });
    if (taken && kind !== 'a-turn') setGiven(kind);
  };
  return (
    <section className={styles.signals} aria-label={words.signals}>
      <div className={styles.grid}>
        {view.signals.map((kind) => (
          <Button
            key={kind}
            kind="choice"
            busy={busy !== null}
            pressed={kind === 'a-turn' ? asks : given === kind}
            onPress={() => void give(kind)}
          >
            {sessionWords.signals.give[kind]}
          </Button>
        ))}
      </div>
      <p className={styles.quiet} role="status">
        {given === null ? words.signalsHint(name) : words.sent(name)}
      </p>
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
    </section>
  );
}
