import type { Command, View } from '@mend/core';
import { en } from '../../locales/en.ts';
import { Button } from '../../ui/button.tsx';
import styles from './lobby.module.css';

/** One's own readiness. Of the other's nothing is shown, so that nobody is hurried by it. */
export function Ready(props: { readonly view: View; readonly tell: (command: Command) => Promise<void> }) {
  const { view, tell } = props;
  const words = en.lobby;
  const own = view.seats.find(({ seat }) => seat === view.you);
  const isReady = own?.ready === true;
  const wait = view.withCounsellor && own?.admitted === false ? words.waitingAdmit : null;
  return (
    <section className={styles.group}>
      <p role="status" className={styles.waiting}>
        {isReady ? [words.waitingBoth, wait].filter(Boolean).join(' ') : null}
      </p>
      {isReady ? (
        <Button kind="quiet" onPress={() => void tell({ type: 'lobby.ready', ready: false })}>
          {words.notReady}
        </Button>
      ) : (
        <>
          <Button kind="primary" onPress={() => void tell({ type: 'lobby.ready', ready: true })}>
            {words.ready}
          </Button>
          <p className={styles.quiet}>{words.readyMeans}</p>
        </>
      )}
    </section>
  );
}
