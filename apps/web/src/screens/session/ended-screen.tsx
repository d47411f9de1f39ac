import type { View } from '@mend/core';
import { Link } from 'wouter';
import { sessionWords } from '../../locales/en-session.ts';
import { EndedPanel } from '../../panels/ended/ended-panel.tsx';
import { Page } from '../../panels/page/page.tsx';
import type { PanelProps } from '../../panels/panel-props.ts';
import { Announcer } from './announcer.tsx';
import styles from './session.module.css';

/** The calm page at the end. An erased session may have no view any more. */
export function EndedScreen(
  props: Pick<PanelProps, 'session' | 'snapshot'> & { readonly view: View | null },
) {
  const { session, snapshot, view } = props;
  const words = sessionWords.ended;
  return (
    <Page title={words.title}>
      <Announcer lines={[words.title]} />
      {view !== null && (view.phase === 'sealed' || view.phase === 'erased') ? (
        <EndedPanel session={session} snapshot={snapshot} view={view} />
      ) : (
        <>
          <p>{words.notKept}</p>
          <p>
            <Link href="/" className={styles.way}>
              {words.toStart}
            </Link>
          </p>
        </>
      )}
    </Page>
  );
}
