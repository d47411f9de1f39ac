import { Link } from 'wouter';
import { sessionWords } from '../../locales/en-session.ts';
import { DraftsTray } from '../../panels/drafts/drafts-tray.tsx';
import { Page } from '../../panels/page/page.tsx';
import type { PanelProps } from '../../panels/panel-props.ts';
import styles from './session.module.css';

/** This seat is not there any more. What was not sent can still be read by the one who wrote it. */
export function GoneScreen({ session, snapshot }: Pick<PanelProps, 'session' | 'snapshot'>) {
  const words = sessionWords.gone;
  return (
    <Page title={words.title}>
      <p>{words.body}</p>
      <DraftsTray session={session} snapshot={snapshot} />
      <p>
        <Link href="/" className={styles.way}>
          {words.toStart}
        </Link>
      </p>
    </Page>
  );
}
