import styles from './seam-line.module.css';

/**
 * How far along we are: one line with gaps. What is done is whole, what is to come is apart.
 *
 * - `at`: which part is open now, from 1; `of`: how many there are
 * - `label`: the same in words, for those who hear the page
 */
export function SeamLine(props: { readonly at: number; readonly of: number; readonly label: string }) {
  const { at, of, label } = props;
  const parts = Array.from({ length: of }, (_, index) => index + 1);
  return (
    <div className={styles.line} role="img" aria-label={label}>
      {parts.map((part) => (
        <span
          key={part}
          className={styles.part}
          data-is={part < at ? 'done' : part === at ? 'now' : 'later'}
        />
      ))}
    </div>
  );
}
