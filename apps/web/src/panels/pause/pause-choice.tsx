import { useSaying } from '../../hooks/use-saying.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { troubleWords } from '../trouble.ts';
import styles from './pause.module.css';

/** A pause of any length is one press, and no reason is asked. Twenty minutes come first. */
export function PauseChoice({ session, view }: Pick<PanelProps, 'session' | 'view'>) {
  const { busy, trouble, say } = useSaying(session);
  if (!view.may.includes('pause.start')) return null;
  const words = sessionWords.pause;
  const pause = (minutes?: number) => () =>
    void say({ type: 'pause.start', ...(minutes === undefined ? {} : { minutes }) });
  return (
    <section className={styles.choice} aria-label={words.heading}>
      <div className={styles.main}>
        <Button kind="quiet" busy={busy !== null} onPress={pause(20)}>
          {words.main}
        </Button>
      </div>
      <div className={styles.others}>
        <Button kind="bar" busy={busy !== null} onPress={pause(5)}>
          {words.short}
        </Button>
        <Button kind="bar" busy={busy !== null} onPress={pause()}>
          {words.open}
        </Button>
      </div>
      <p className={styles.calm}>{words.calm}</p>
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
    </section>
  );
}

/** In the bar, where it can be reached from every place of a long page. */
export function PauseNow({ session, view }: Pick<PanelProps, 'session' | 'view'>) {
  const { busy, say } = useSaying(session);
  if (view.phase !== 'live' || !view.may.includes('pause.start')) return null;
  return (
    <Button kind="bar" busy={busy !== null} onPress={() => void say({ type: 'pause.start', minutes: 20 })}>
      {sessionWords.pause.button}
    </Button>
  );
}
