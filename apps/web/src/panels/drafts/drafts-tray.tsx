import { useState } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import { sharedPhone } from '../../preferences/shared-phone.ts';
import { useTabPreference } from '../../preferences/use-tab-preference.ts';
import { Button } from '../../ui/button.tsx';
import type { PanelProps } from '../panel-props.ts';
import { Words } from '../said/turn-words.tsx';
import styles from './drafts.module.css';

/**
 * The writer's own words that are not in a turn, and whether anybody has seen them. `onInsert`: there is a turn of the
 * own to put them in.
 */
export function DraftsTray(
  props: Pick<PanelProps, 'session' | 'snapshot'> & { readonly onInsert?: (words: string) => void },
) {
  const { session, snapshot, onInsert } = props;
  const { drafts, draftsSurvive } = snapshot;
  const [kept, setKept] = useState<readonly string[]>([]);
  const isShared = useTabPreference(sharedPhone) === 'on';
  const words = sessionWords.drafts;
  if (drafts.length === 0) return null;
  const shown = drafts.filter(({ id }) => !kept.includes(id));
  if (shown.length === 0) {
    return (
      <Button kind="bar" onPress={() => setKept([])}>
        {words.show(drafts.length)}
      </Button>
    );
  }
  return (
    <section className={styles.tray} aria-label={words.title}>
      <h2>{words.title}</h2>
      {shown.map((draft) => (
        <div key={draft.id} className={styles.draft}>
          <p className={styles.why}>{draft.wasShown ? words.whyLost : words.why}</p>
          <Words>{draft.words}</Words>
          <div className={styles.acts}>
            {onInsert ? (
              <Button
                kind="quiet"
                onPress={() => {
                  onInsert(draft.words);
                  session.discardDraft(draft.id);
                }}
              >
                {words.insert}
              </Button>
            ) : null}
            <Button kind="quiet" onPress={() => setKept([...kept, draft.id])}>
              {words.keep}
            </Button>
            <Button kind="bar" onPress={() => session.discardDraft(draft.id)}>
              {words.discard}
            </Button>
          </div>
        </div>
      ))}
      <p className={styles.where}>{draftsSurvive && !isShared ? words.inTab : words.inMemory}</p>
    </section>
  );
}
