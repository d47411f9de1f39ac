import { sessionWords } from '../../locales/en-session.ts';
import type { PanelProps } from '../../panels/panel-props.ts';
import { nameOf, otherSeat } from '../../panels/room.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './session.module.css';

/** The other's connection is missing for a while. Nothing is decided by it: the turn stays whose it is. */
export function AbsenceLine({ session, snapshot, view }: PanelProps) {
  const line = absenceWords({ snapshot, view });
  if (line === '') return null;
  const words = sessionWords.connection;
  if (snapshot.absence !== 'long') return <Notice>{line}</Notice>;
  return (
    <Notice
      action={
        <div className={styles.ways}>
          <Button kind="quiet" onPress={session.keepWaiting}>
            {words.keepWaiting}
          </Button>
          {view.may.includes('pause.start') ? (
            <Button kind="quiet" onPress={() => void session.say({ type: 'pause.start', minutes: 20 })}>
              {words.pauseNow}
            </Button>
          ) : null}
        </div>
      }
    >
      {line}
    </Notice>
  );
}

export function absenceWords({ snapshot, view }: Pick<PanelProps, 'snapshot' | 'view'>): string {
  const words = sessionWords.connection;
  const name = nameOf(view, otherSeat(view));
  switch (snapshot.absence) {
    case 'short':
      return '';
    case 'catching-up':
      return words.catchingUp(name);
    case 'long':
      return words.longAway(name);
  }
}
