import { Link } from 'wouter';
import { en } from '../../locales/en.ts';
import { fill } from '../../locales/fill.ts';
import { dayOf } from '../../locales/times.ts';
import { Page } from '../../panels/page/page.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { HELP_LINES, HELP_LINES_AS_OF } from './help-lines.ts';
import styles from './not-for-here-screen.module.css';

/** When another place is better than this one, and who can be called. */
export function NotForHereScreen() {
  const words = en.notForHere;
  return (
    <Page title={words.title} foot={<WhoSees>{words.whoSees}</WhoSees>}>
      <p>{words.first}</p>
      <ul className={styles.when}>
        {words.when.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{words.fault}</p>
      <section className={styles.help}>
        <h2>{words.lines}</h2>
        {HELP_LINES.map(({ country, lines }) => (
          <div key={country} className={styles.country}>
            <h3>{country}</h3>
            {lines.map(({ number, dial, about }) => (
              <p key={number} className={styles.line}>
                <a href={`tel:${dial}`} className={styles.number}>
                  {number}
                </a>
                <span>{about}</span>
              </p>
            ))}
          </div>
        ))}
        <p className={styles.quiet}>{words.elsewhere}</p>
        <p className={styles.quiet}>{words.trace}</p>
        <p className={styles.quiet}>
          {fill(words.asOf, { date: dayOf(Date.parse(`${HELP_LINES_AS_OF}T12:00:00Z`)) })}
        </p>
      </section>
      <p>
        <Link href="/" replace className={styles.back}>
          {words.back}
        </Link>
      </p>
    </Page>
  );
}
