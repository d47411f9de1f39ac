import { useRef, useState } from 'react';
import { en } from '../../locales/en.ts';
import { Button } from '../../ui/button.tsx';
import { StatusLine } from '../../ui/status-line.tsx';
import styles from './invite-card.module.css';
import { copyText, shareLink } from './send-link.ts';

/** Addresses that mean another machine on every other machine. */
const OWN_DEVICE: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The link itself: to send, to copy, or to mark and copy by hand where the browser allows neither. */
export function InviteLink(props: { readonly link: string }) {
  const { link } = props;
  const [said, setSaid] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const words = en.invite;
  const canShare = 'share' in navigator;
  const invitation = { title: words.shareTitle, text: words.shareText, url: link };

  async function copy(): Promise<void> {
    // Marked in any case: it shows what was copied, and is the way where copying is not allowed.
    field.current?.focus();
    field.current?.select();
    setSaid((await copyText(link)) ? words.copied : words.select);
  }

  return (
    <div className={styles.part}>
      <label className={styles.part}>
        <span className={styles.label}>{words.link}</span>
        <textarea
          ref={field}
          readOnly
          rows={3}
          className={styles.link}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <div className={styles.buttons}>
        {canShare ? (
          <Button kind="primary" onPress={() => void shareLink(invitation)}>
            {words.share}
          </Button>
        ) : null}
        <Button kind={canShare ? 'quiet' : 'primary'} onPress={() => void copy()}>
          {words.copy}
        </Button>
      </div>
      <StatusLine>{said}</StatusLine>
      {OWN_DEVICE.includes(location.hostname) ? <p className={styles.quiet}>{words.thisDevice}</p> : null}
    </div>
  );
}
