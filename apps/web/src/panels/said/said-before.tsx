import { sessionWords } from '../../locales/en-session.ts';
import type { PanelProps } from '../panel-props.ts';
import styles from './said.module.css';
import { SaidCards } from './said-cards.tsx';

/** Everything that was said so far, folded away until it is wanted. */
export function SaidBefore({ session, view }: Pick<PanelProps, 'session' | 'view'>) {
  const over = view.turns.filter(({ closedAt }) => closedAt !== null).map(({ id }) => id);
  if (over.length === 0) return null;
  return (
    <details className={styles.before}>
      <summary>{sessionWords.said.before}</summary>
      <SaidCards session={session} view={view} turns={over} />
    </details>
  );
}
