import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

/**
 * A native modal dialog. No text fields in it: phones put their keyboard over them.
 *
 * - `open`: the caller's; `onClose`: also by Escape and by a press beside it
 * - `closeLabel`: the quiet button at the end
 */
export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
}) {
  const { open, onClose, title, closeLabel, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
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
          <h2 id={id}>{title}</h2>
          {children}
          <Button kind="quiet" onPress={onClose}>
            {closeLabel}
          </Button>
        </div>
      ) : null}
    </dialog>
  );
}
