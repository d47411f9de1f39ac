import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

/**
 * A native modal dialog. No text fields in it: phones put their keyboard over them.
 *
 * - `open`: the caller's; `onClose`: also by Escape and by a press beside it
 * - `closeLabel`: the quiet button at the end
 * - `leaveLabel`, `onLeave`: the way out; the one in the bar cannot be reached while a dialog is open
 */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly leaveLabel: string;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}) {
  const { open, onClose, title, closeLabel, leaveLabel, onLeave, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) {
      dialog.current?.showModal();
      // Else the focus would be on the way out, which is taken in one press.
      heading.current?.focus();
    }
    if (!open) dialog.current?.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog already.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {open ? (
        <div className={styles.content}>
          <div className={styles.head}>
            <h2 id={id} ref={heading} tabIndex={-1}>
              {title}
            </h2>
            <Button kind="bar" onPress={onLeave}>
              {leaveLabel}
            </Button>
          </div>
          <div className={styles.body}>{children}</div>
          <Button kind="quiet" onPress={onClose}>
            {closeLabel}
          </Button>
        </div>
      ) : null}
    </dialog>
  );
}
