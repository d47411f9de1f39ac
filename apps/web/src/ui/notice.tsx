import type { ReactNode } from 'react';
import styles from './notice.module.css';

/**
 * A calm line in honey: something to know, nothing to fear. Not read out by itself; put it in a `StatusLine` or give
 * it `live` where it comes while somebody reads.
 *
 * - `action`: one quiet button after the words
 */
export function Notice(props: {
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly live?: boolean;
}) {
  const { children, action, live = false } = props;
  return (
    <div className={styles.notice} role={live ? 'status' : undefined}>
      <div className={styles.words}>{children}</div>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
