import type { View } from '@mend/core';
import type { Writing } from '../../hooks/use-writing.ts';
import { sessionWords } from '../../locales/en-session.ts';
import type { SessionSnapshot } from '../../session/session-snapshot.ts';
import { Button } from '../../ui/button.tsx';
import styles from './writing.module.css';

/** Passing takes until the server has every word. Without a connection it waits for one, or for a change of mind. */
export function PassTurn(props: {
  readonly snapshot: SessionSnapshot;
  readonly view: View;
  readonly writing: Writing;
}) {
  const { snapshot, view, writing } = props;
  const words = sessionWords.writing;
  if (snapshot.pen === 'elsewhere' || view.floor.status !== 'held') return null;
  const waits = writing.isPassing && snapshot.connection !== 'open';
  return (
    <div className={styles.pass}>
      <Button kind="primary" busy={writing.isPassing || !writing.isOpen} onPress={writing.pass}>
        {writing.isPassing ? words.passing : words.done}
      </Button>
      <p className={styles.passState} role="status">
        {waits ? words.passingOffline : null}
      </p>
      {waits ? (
        <Button kind="quiet" onPress={writing.keepWriting}>
          {words.keepWriting}
        </Button>
      ) : null}
    </div>
  );
}
