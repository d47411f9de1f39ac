import type { ReactNode } from 'react';
import styles from './screen.module.css';

/**
 * The frame of every screen: a bar that stays visible with Leave at its start, and one column of content.
 *
 * - `title`: the only h1; gets the focus when it changes, so that it is read out
 * - `leaveLabel`, `onLeave`: the way out, first in tab order, and never missing
 * - `end`: at the end of the bar (Pause, Settings): `<Button kind="bar">`
 * - `progress`: below the bar, for a `<SeamLine>`
 * - `above`: one quiet line above the title ("Step 2 of 6 · Saying it")
 * - `foot`: after the content, for a `<WhoSees>`
 */
export function Screen(props: {
  readonly title: string;
  readonly leaveLabel: string;
  readonly onLeave: () => void;
  readonly end?: ReactNode;
  readonly progress?: ReactNode;
  readonly above?: ReactNode;
  readonly foot?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { title, leaveLabel, onLeave, end, progress, above, foot, children } = props;
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        <div className={styles.row}>
          <button type="button" className={styles.leave} onClick={onLeave}>
            {leaveLabel}
          </button>
          <div className={styles.end}>{end}</div>
        </div>
        {progress ? <div className={styles.progress}>{progress}</div> : null}
      </header>
      <main className={styles.main}>
        <div className={styles.head}>
          {above ? <p className={styles.above}>{above}</p> : null}
          <h1 key={title} ref={readOut} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {children}
        {foot ? <div className={styles.foot}>{foot}</div> : null}
      </main>
    </div>
  );
}

/** A new title is a new screen to the person who hears it; somebody who is typing is not taken away from the words. */
function readOut(heading: HTMLHeadingElement | null): void {
  const typing = document.activeElement?.matches('input, textarea') ?? false;
  if (!typing) heading?.focus({ preventScroll: true });
}
