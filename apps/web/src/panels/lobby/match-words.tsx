import type { Command, View } from '@mend/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { dropSeat } from '../../http/drop-seat.ts';
import { inviteFor } from '../../http/kept-invites.ts';
import { en } from '../../locales/en.ts';
import { Button } from '../../ui/button.tsx';
import styles from './lobby.module.css';

/** Two words that both phones show, so that nobody begins in a wrong room or with somebody else. */
export function MatchWords(props: {
  readonly sessionId: string;
  readonly match: NonNullable<View['match']>;
  readonly tell: (command: Command) => Promise<void>;
}) {
  const { sessionId, match, tell } = props;
  const [again, setAgain] = useState(false);
  const words = en.lobby;
  const answer = (same: boolean): void => {
    setAgain(false);
    void tell({ type: 'lobby.match', same });
  };

  if (match.same === true && !again) {
    return (
      <section className={styles.group}>
        <p role="status">
          {words.matchSame} <strong>{match.words.join(' ')}</strong>
        </p>
        <div>
          <Button kind="quiet" onPress={() => setAgain(true)}>
            {words.matchChange}
          </Button>
        </div>
      </section>
    );
  }
  if (match.same === false && !again) {
    return <OtherRoom sessionId={sessionId} onLookAgain={() => setAgain(true)} />;
  }
  return (
    <section className={styles.group}>
      <h2>{words.matchTitle}</h2>
      <p>{words.matchAsk}</p>
      <p className={styles.pair}>{match.words.join(' ')}</p>
      <div className={styles.answers}>
        <Button kind="choice" onPress={() => answer(true)}>
          {words.same}
        </Button>
        <Button kind="choice" onPress={() => answer(false)}>
          {words.different}
        </Button>
      </div>
    </section>
  );
}

function OtherRoom(props: { readonly sessionId: string; readonly onLookAgain: () => void }) {
  const { sessionId, onLookAgain } = props;
  const [, navigate] = useLocation();
  const words = en.lobby;

  function leaveRoom(): void {
    dropSeat(sessionId);
    inviteFor(sessionId).forget();
    navigate('/', { replace: true });
  }

  return (
    <section className={styles.group} role="status">
      <h2>{words.differentTitle}</h2>
      <p>{words.differentAdvice}</p>
      <div className={styles.answers}>
        <Button kind="primary" onPress={leaveRoom}>
          {words.newRoom}
        </Button>
        <Button kind="quiet" onPress={onLookAgain}>
          {words.matchChange}
        </Button>
      </div>
    </section>
  );
}
