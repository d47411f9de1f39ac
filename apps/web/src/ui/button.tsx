import type { ReactNode, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

/**
 * A button with a word on it.
 *
 * - `kind`: `primary` (one a screen), `quiet` (everything else), `choice` (equal answers below each other, full
 *   width), `bar` (in the bar of a `Screen`)
 * - `busy`: it has been pressed and the answer is on its way; stays where it is, is not pressed twice
 * - `pressed`: for a choice that stays chosen (`aria-pressed`)
 * - `type`: `submit` inside a form, otherwise `button`
 */
export function Button(props: {
  readonly kind: 'primary' | 'quiet' | 'choice' | 'bar';
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly describedBy?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}) {
  const {
    kind,
    children,
    onPress,
    type = 'button',
    busy = false,
    pressed,
    disabled,
    describedBy,
    ref,
  } = props;
  return (
    <button
      ref={ref}
      type={type}
      className={classNames(styles.button, styles[kind])}
      aria-pressed={pressed}
      aria-disabled={busy || undefined}
      aria-describedby={describedBy}
      disabled={disabled}
      onClick={(event) => {
        // `disabled` would take the focus away; a second press of what is under way does nothing.
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}
