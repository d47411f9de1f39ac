import { useTurnText } from '../../hooks/use-turn-text.ts';
import { sessionWords } from '../../locales/en-session.ts';
import type { SessionClient } from '../../session/session-client.ts';
import styles from './said.module.css';

/** The words of one turn, each paragraph in its own direction. */
export function TurnWords({ session, turn }: { readonly session: SessionClient; readonly turn: string }) {
  const words = useTurnText(session, turn);
  if (words.trim() === '') return <p className={styles.empty}>{sessionWords.said.nothing}</p>;
  return <Words>{words}</Words>;
}

/** Somebody's own words, wherever they stand. */
export const Words = (props: { readonly children: string }) => (
  <bdi className={styles.words}>{props.children}</bdi>
);
