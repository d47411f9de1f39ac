import type { ReactNode } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.ts';
import type { Side } from './side.ts';

/**
 * Somebody's words. The edge towards the other is shaped: the first's has a small tab, the second's the notch in
 * which it fits. The counsellor's is plain.
 *
 * - `name`: whose words; `about`: a quiet word beside it ("says it back")
 * - `edge`: where the other's card is. By itself `below` for the first, `above` for the second
 * - `meets`: it answers the card before it in a `CardStack`: the two fit together, with a hair between
 */
export function Card(props: {
  readonly side: Side;
  readonly name?: string;
  readonly about?: string;
  readonly edge?: 'above' | 'below' | 'none';
  readonly meets?: boolean;
  readonly children: ReactNode;
}) {
  const { side, name, about, edge = EDGE[side], meets = false, children } = props;
  return (
    <article
      className={classNames(styles.card, styles[side], styles[edge], meets && styles.meets)}
      aria-label={[name, about].filter(Boolean).join(', ') || undefined}
    >
      {name ? (
        <p className={styles.name}>
          <strong>{name}</strong>
          {about ? <span className={styles.about}>{about}</span> : null}
        </p>
      ) : null}
      <div className={styles.words}>{children}</div>
      {side !== 'counsellor' && edge !== 'none' ? <Edge /> : null}
    </article>
  );
}

/** Cards below each other, with the gap that closes where two meet. */
export function CardStack(props: { readonly children: ReactNode }) {
  return <div className={styles.stack}>{props.children}</div>;
}

const EDGE = { first: 'below', second: 'above', counsellor: 'none' } as const;

/** The tab. Turned over or filled with the page's colour it is the notch. */
const Edge = () => (
  <svg
    className={styles.edge}
    viewBox="0 0 64 11"
    width="64"
    height="11"
    aria-hidden="true"
    focusable="false"
  >
    <path className={styles.fill} d="M0 0 H64 V1 C56 1 55 10 47 10 H17 C9 10 8 1 0 1 Z" />
    <path className={styles.stroke} d="M0 .5 C8 .5 9 10 17 10 H47 C55 10 56 .5 64 .5" />
  </svg>
);
