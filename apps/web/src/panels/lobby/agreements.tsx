import { en } from '../../locales/en.ts';
import styles from './lobby.module.css';

/** What holds here, in four lines. */
export function Agreements() {
  return (
    <section className={styles.group}>
      <h2>{en.lobby.agreeTitle}</h2>
      <ul className={styles.agreements}>
        {en.lobby.agreements.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
