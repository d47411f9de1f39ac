import { classNames } from './class-names.ts';
import styles from './name-chip.module.css';
import type { Side } from './side.ts';

/**
 * A person of the room, in words: never by colour alone.
 *
 * - `state`: "here", "not here yet"
 * - `here`: whole edge when true, a broken one when not
 */
export function NameChip(props: {
  readonly name: string;
  readonly side: Side;
  readonly state?: string;
  readonly here?: boolean;
}) {
  const { name, side, state, here = true } = props;
  return (
    <span className={classNames(styles.chip, styles[side], !here && styles.away)}>
      <span className={styles.name}>{name}</span>
      {state ? <span className={styles.state}>{state}</span> : null}
    </span>
  );
}
