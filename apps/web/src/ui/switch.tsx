import { type ReactNode, useId } from 'react';
import styles from './switch.module.css';

/**
 * Something that is on or off, with the state in words beside it.
 *
 * - `label`: what it is; `hint`: what it means, below
 * - `onLabel`, `offLabel`: the state in words ("yes" / "no")
 * - `onChange(on)`: the caller changes `on`
 */
export function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly onLabel: string;
  readonly offLabel: string;
  readonly hint?: ReactNode;
}) {
  const { label, on, onChange, onLabel, offLabel, hint } = props;
  const id = useId();
  return (
    <div className={styles.switch}>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={styles.row}
        onClick={() => onChange(!on)}
      >
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
        <span className={styles.state} aria-hidden="true">
          {on ? onLabel : offLabel}
          <span className={styles.track}>
            <span className={styles.thumb} />
          </span>
        </span>
      </button>
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
