import type { View } from '@mend/core';
import type { SessionSnapshot } from '../../session/session-snapshot.ts';
import { signalLines } from '../signal-lines.ts';
import styles from './writing.module.css';

/** What the other says without words, below the field: its place is always there, so nothing moves under a finger. */
export function SignalLine({ snapshot, view }: { readonly snapshot: SessionSnapshot; readonly view: View }) {
  const lines = signalLines(snapshot, view);
  return (
    <div className={styles.signals}>
      {lines.map((line) => (
        <p key={line} className={styles.signal}>
          {line}
        </p>
      ))}
    </div>
  );
}
