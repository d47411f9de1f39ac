import { useSaying } from '../../hooks/use-saying.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clockTime } from '../clock-time.ts';
import { EndSession } from '../ended/end-session.tsx';
import type { PanelProps } from '../panel-props.ts';
import { troubleWords } from '../trouble.ts';
import styles from './paused.module.css';

/** The same quiet page on both phones. Nothing on it counts. */
export function PausedPanel({ session, view }: PanelProps) {
  const { busy, trouble, say } = useSaying(session);
  const words = sessionWords.pause;
  const { until = null, youAreBack = false } = view.pause ?? {};
  return (
    <div className={styles.paused}>
      <p>{words.asked}</p>
      <p>{untilWords(until)}</p>
      <p className={styles.idea}>{words.idea}</p>
      {youAreBack ? (
        <p className={styles.back}>{words.youAreBack}</p>
      ) : view.may.includes('pause.end') ? (
        <Button kind="primary" busy={busy !== null} onPress={() => void say({ type: 'pause.end' })}>
          {words.back}
        </Button>
      ) : null}
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
      <EndSession session={session} view={view} label={words.stop} />
    </div>
  );
}

function untilWords(until: number | null): string {
  const { noTime, over, until: at } = sessionWords.pause;
  if (until === null) return noTime;
  return until > Date.now() ? at(clockTime(until)) : over(clockTime(until));
}
