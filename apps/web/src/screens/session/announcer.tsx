import { useLatest } from '../../hooks/use-latest.ts';
import styles from './session.module.css';

/** The one place that is read out: whose turn it is, the connection, a sign of the other. Whichever changed last. */
export function Announcer({ lines }: { readonly lines: readonly string[] }) {
  const line = useLatest(lines);
  return (
    <p role="status" className={styles.unseen}>
      {line}
    </p>
  );
}
