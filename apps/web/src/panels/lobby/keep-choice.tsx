import type { Command } from '@mend/core';
import { en } from '../../locales/en.ts';
import { Switch } from '../../ui/switch.tsx';
import styles from './lobby.module.css';

/** Whether this person wants the words kept. Nobody else is shown it, and not having chosen is as good as no. */
export function KeepChoice(props: {
  readonly keep: boolean | null;
  readonly tell: (command: Command) => Promise<void>;
}) {
  const { keep, tell } = props;
  const words = en.lobby;
  return (
    <section className={styles.group}>
      <Switch
        label={words.keep}
        hint={words.keepHint}
        on={keep === true}
        onChange={(on) => void tell({ type: 'consent.save', keep: on })}
        onLabel={words.yes}
        offLabel={words.no}
      />
    </section>
  );
}
