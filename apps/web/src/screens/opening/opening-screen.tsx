import { useEffect, useState } from 'react';
import { en } from '../../locales/en.ts';
import styles from './opening-screen.module.css';

/** What a quick load shows is nothing; only a slow one gets a line. In milliseconds. */
const SLOW = 800;

/** While a screen is being loaded. */
export function OpeningScreen() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className={styles.line}>
      {slow ? en.frame.opening : null}
    </p>
  );
}
