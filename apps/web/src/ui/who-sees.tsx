import type { ReactNode } from 'react';
import styles from './who-sees.module.css';

/** One line that says who sees what is on this screen, and whether it is kept. On every screen. */
export function WhoSees(props: { readonly children: ReactNode }) {
  return <p className={styles.line}>{props.children}</p>;
}
