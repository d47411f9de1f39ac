import { useEffect, useState } from 'react';
import { issueCode, type ShortCode } from '../../http/rooms.ts';
import { en } from '../../locales/en.ts';
import { fill } from '../../locales/fill.ts';
import { hourOf } from '../../locales/times.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './invite-card.module.css';

/** The short code: made when it is asked for, because it lasts 15 minutes only. */
export function InviteCode(props: { readonly invite: string }) {
  const { invite } = props;
  const [code, setCode] = useState<ShortCode | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const over = useIsOver(code?.until ?? null);
  const words = en.invite;

  async function ask(): Promise<void> {
    setBusy(true);
    const answer = await issueCode(invite);
    setBusy(false);
    setTrouble(answer.ok ? null : answer.error.sentence);
    if (answer.ok) setCode(answer.value);
  }

  return (
    <div className={styles.part}>
      <h3>{words.byCode}</h3>
      <p className={styles.quiet}>{fill(words.codeWhere, { address: location.host })}</p>
      <div role="status" className={styles.part}>
        {code && !over ? (
          <>
            <p className={styles.code}>{code.code}</p>
            <p className={styles.quiet}>{fill(words.codeUntil, { time: hourOf(code.until) })}</p>
          </>
        ) : null}
        {code && over ? <p className={styles.quiet}>{words.codeOver}</p> : null}
      </div>
      {trouble ? <Notice live>{trouble}</Notice> : null}
      {code && !over ? null : (
        <div className={styles.buttons}>
          <Button kind="quiet" busy={busy} onPress={() => void ask()}>
            {code ? words.newCode : words.showCode}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whether that time has passed on this phone. */
function useIsOver(until: number | null): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    setOver(false);
    if (until === null) return;
    const timer = setTimeout(() => setOver(true), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return over;
}
