import type { Seat } from '@mend/core';
import { useState } from 'react';
import { inviteFor, inviteForSeat } from '../../http/kept-invites.ts';
import { renewInvite } from '../../http/rooms.ts';
import { en } from '../../locales/en.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Qr } from '../../ui/qr.tsx';
import styles from './invite-card.module.css';
import { InviteCode } from './invite-code.tsx';
import { InviteLink } from './invite-link.tsx';

/**
 * The ways in for a seat that is still empty: link, square and code in one card.
 *
 * - `seat`: whom it is for. In a couple's room there is one, kept under the session's own key
 * - `title`: whom it invites, in words
 */
export function InviteCard(props: {
  readonly sessionId: string;
  readonly seat: Seat;
  readonly title?: string;
  readonly keptBySeat?: boolean;
}) {
  const { sessionId, seat, title = en.invite.title, keptBySeat = false } = props;
  const kept = keptBySeat ? inviteForSeat(sessionId, seat) : inviteFor(sessionId);
  const [invite, setInvite] = useState(() => kept.read());
  const [trouble, setTrouble] = useState<string | null>(null);
  const [renewed, setRenewed] = useState(false);
  const [busy, setBusy] = useState(false);
  const words = en.invite;

  async function renew(): Promise<void> {
    setBusy(true);
    const answer = await renewInvite(sessionId, seat);
    setBusy(false);
    setTrouble(answer.ok ? null : answer.error.sentence);
    if (!answer.ok) return;
    kept.keep(answer.value.invite);
    setInvite(answer.value.invite);
    setRenewed(true);
  }

  const link = invite === null ? null : `${location.origin}/join#${invite}`;
  return (
    <section className={styles.card}>
      <h2>{title}</h2>
      {link !== null && invite !== null ? (
        <>
          <p>{words.advice}</p>
          <InviteLink link={link} />
          <div className={styles.square}>
            <Qr text={link} label={words.qr} />
          </div>
          <hr className={styles.rule} />
          <InviteCode key={invite} invite={invite} />
          <hr className={styles.rule} />
          <p className={styles.quiet}>{words.oneUse}</p>
        </>
      ) : (
        <p>{words.none}</p>
      )}
      {trouble ? <Notice live>{trouble}</Notice> : null}
      <p role="status" className={styles.said}>
        {renewed ? words.renewed : null}
      </p>
      <div className={styles.buttons}>
        <Button kind="quiet" busy={busy} onPress={() => void renew()}>
          {words.renew}
        </Button>
      </div>
    </section>
  );
}
