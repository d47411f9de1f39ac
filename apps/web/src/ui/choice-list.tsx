import { type ReactNode, useId } from 'react';
import styles from './choice-list.module.css';
import { classNames } from './class-names.ts';

export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly hint?: string;
}

/**
 * One of a few, as native radio buttons. For answers that go on at once, use buttons of kind `choice`.
 *
 * - `chosen`: null while nothing is chosen
 * - `direction`: `row` for two to four short words
 */
export function ChoiceList<T extends string>(props: {
  readonly label: ReactNode;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T | null;
  readonly onChoose: (id: T) => void;
  readonly direction?: 'column' | 'row';
}) {
  const { label, choices, chosen, onChoose, direction = 'column' } = props;
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      <div className={classNames(styles.choices, direction === 'row' && styles.inRow)}>
        {choices.map((choice) => (
          <label key={choice.id} className={styles.choice}>
            <input
              type="radio"
              name={name}
              className={styles.radio}
              checked={choice.id === chosen}
              onChange={() => onChoose(choice.id)}
            />
            <span>
              {choice.label}
              {choice.hint ? <span className={styles.hint}>{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
