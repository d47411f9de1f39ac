import type { ReactNode } from 'react';
import styles from './status-line.module.css';

/**
 * The one line that is read out when it changes (`role="status"`, polite). Always mounted, also while empty, because
 * a live region that is new is often not read.
 */
export function StatusLine(props: { readonly children?: ReactNode }) {
  return (
    <p role="status" className={styles.status}>
      {props.children}
    </p>
  );
}
