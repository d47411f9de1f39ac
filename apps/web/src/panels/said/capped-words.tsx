import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './said.module.css';

/** Long words scroll where they are, so that what is below stays near; by keyboard too. */
export function CappedWords({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  // After every drawing: the words and the size of the letters decide it.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) setScrolls(element.scrollHeight > element.clientHeight + 1);
  });
  return (
    <div
      ref={box}
      className={styles.capped}
      // What scrolls must be reached without a finger.
      {...(scrolls ? { tabIndex: 0 } : {})}
    >
      {children}
    </div>
  );
}
