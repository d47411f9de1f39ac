import { type HTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-field.module.css';

/**
 * One line of text with its question above it.
 *
 * - `hint`: below the label, always there
 * - `note`: a calm sentence about what was typed; read out when it comes. The words stay in the field
 * - `look`: `code` for characters that are read out one by one
 */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly note?: string | null;
  readonly look?: 'plain' | 'code';
  readonly name?: string;
  readonly autoComplete?: string;
  readonly autoCapitalize?: 'off' | 'words' | 'sentences' | 'characters';
  readonly enterKeyHint?: HTMLAttributes<HTMLInputElement>['enterKeyHint'];
  readonly spellCheck?: boolean;
  readonly maxLength?: number;
  readonly ref?: Ref<HTMLInputElement>;
}) {
  const { label, value, onChange, hint, note = null, look = 'plain', ...native } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      <input
        {...native}
        id={id}
        type="text"
        className={classNames(styles.input, look === 'code' && styles.code)}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-describedby={classNames(hint ? `${id}-hint` : null, note ? `${id}-note` : null) || undefined}
      />
      <p id={`${id}-note`} role="status" className={styles.note}>
        {note}
      </p>
    </div>
  );
}
