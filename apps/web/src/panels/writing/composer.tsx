import type { View } from '@mend/core';
import { useId } from 'react';
import { useLasting } from '../../hooks/use-lasting.ts';
import type { Writing } from '../../hooks/use-writing.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { sharedPhone } from '../../preferences/shared-phone.ts';
import { useTabPreference } from '../../preferences/use-tab-preference.ts';
import type { SessionSnapshot } from '../../session/session-snapshot.ts';
import { TURN_TEXT_LIMIT } from '../../session/text-binding.ts';
import { SignalLine } from './signal-line.tsx';
import styles from './writing.module.css';

/** Characters from which a turn is much for the one who listens. It is said, and nothing is cut. */
const LONG = 600;
/** Saved words are said to be saved once writing rests: a word that changes with every key only disturbs. */
const AT_REST = 500;

/** The native field, whether its words are saved, and what the one who listens says without words. */
export function Composer(props: {
  readonly snapshot: SessionSnapshot;
  readonly view: View;
  readonly writing: Writing;
}) {
  const { snapshot, view, writing } = props;
  const id = useId();
  const words = sessionWords.writing;
  const saved = useLasting(snapshot.document.saved, AT_REST);
  const isShared = useTabPreference(sharedPhone) === 'on';
  // On a shared phone the line below says where they are.
  const offline = isShared ? null : words.safe;
  const mark = snapshot.connection !== 'open' ? offline : saved ? words.saved : words.sending;
  const nothingYet = writing.words === '' && snapshot.document.saved;
  return (
    <div className={styles.composer}>
      <textarea
        ref={writing.fieldRef}
        // Until it is bound to the words: what is typed before that would be lost. From then on the desk opens it.
        readOnly
        className={styles.field}
        aria-label={words.field}
        aria-describedby={`${id}-state ${id}-hint`}
        dir="auto"
        rows={6}
        autoCapitalize="sentences"
        autoComplete="off"
        spellCheck
        enterKeyHint="enter"
      />
      <p id={`${id}-state`} className={styles.state}>
        {snapshot.pen === 'elsewhere' ? null : nothingYet ? words.calm : mark}
      </p>
      <SignalLine snapshot={snapshot} view={view} />
      <p id={`${id}-hint`} className={styles.hint}>
        {hintFor(writing.words.length)}
      </p>
      {isShared ? <p className={styles.state}>{sessionWords.drafts.shared}</p> : null}
    </div>
  );
}

function hintFor(length: number): string | null {
  if (length >= TURN_TEXT_LIMIT) return sessionWords.writing.tooLong;
  return length >= LONG ? sessionWords.writing.longAlready : null;
}
