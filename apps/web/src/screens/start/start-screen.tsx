import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { en } from '../../locales/en.ts';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { OpenRoom } from './open-room.tsx';
import styles from './start-screen.module.css';

/** The first page: what this is, the two ways in, and when it is not the right place. */
export function StartScreen() {
  const [, navigate] = useLocation();
  const [opening, setOpening] = useState(false);
  const words = en.start;
  if (opening) return <OpenRoom onBack={() => setOpening(false)} />;
  return (
    <Page title={words.title} foot={<WhoSees>{words.whoSees}</WhoSees>}>
      <p className={styles.what}>{words.what}</p>
      <ul className={styles.how}>
        {words.how.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className={styles.ways}>
        <Button kind="primary" onPress={() => setOpening(true)}>
          {words.together}
        </Button>
        <Button kind="quiet" onPress={() => navigate('/join')}>
          {words.invited}
        </Button>
      </div>
      <p>
        <Link href="/not-for-here" className={styles.elsewhere}>
          {words.notForHere}
        </Link>
      </p>
    </Page>
  );
}
