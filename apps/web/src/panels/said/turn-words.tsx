import { useTurnText } from '../../hooks/use-turn-text.ts';
import { sessionWords } from '../../locales/en-session.ts';
import type { SessionClient } from '../../session/session-client.ts';
import styles from './said.module.css';

/** The words of one turn, each paragraph in its own direction. `empty`: what stands there while there are none. */
export function TurnWords(props: {
  readonly session: SessionClient;
  readonly turn: string;
  readonly empty?: string;
}) {
  const { session, turn, empty = sessionWords.said.nothing } = props;
  const words = useTurnText(session, turn);
  if (words.trim() === '') return <p className={styles.empty}>{empty}</p>;
  return <Words>{words}</Words>;
}

/** Somebody's own words, wherever they stand. */
export const Words = (props: { readonly children: string }) => (
  <bdi className={styles.words}>{props.children}</bdi>
);
