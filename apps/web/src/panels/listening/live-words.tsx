import { useFollowEnd } from '../../hooks/use-follow-end.ts';
import { useTurnText } from '../../hooks/use-turn-text.ts';
import { sessionWords } from '../../locales/en-session.ts';
import type { SessionClient } from '../../session/session-client.ts';
import { Words } from '../said/turn-words.tsx';
import styles from './listening.module.css';

/** The words of a turn that is still being written. */
export function LiveWords({ session, turn }: { readonly session: SessionClient; readonly turn: string }) {
  const words = useTurnText(session, turn);
  const end = useFollowEnd(words);
  return (
    <>
      {words.trim() === '' ? (
        <p className={styles.silence}>{sessionWords.listening.quiet}</p>
      ) : (
        <Words>{words}</Words>
      )}
      <div ref={end} />
    </>
  );
}
