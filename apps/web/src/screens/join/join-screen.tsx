import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Answer } from '../../http/call.ts';
import { failure } from '../../http/failure.ts';
import { inviteInHand } from '../../http/kept-invites.ts';
import { joinRoom, redeemCode } from '../../http/rooms.ts';
import { en } from '../../locales/en.ts';
import { NameField } from '../../panels/name/name-field.tsx';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { nameNote } from '../start/name-note.ts';
import styles from './join-screen.module.css';
import { codeFrom, inviteFrom } from './typed-code.ts';
import { useInviteInAddress } from './use-invite-in-address.ts';

/** Coming into a room with an invitation: by its link, or by a code. Only the press of the button uses it up. */
export function JoinScreen() {
  const [, navigate] = useLocation();
  const linked = useInviteInAddress();
  const [wantsCode, setWantsCode] = useState(false);
  const byCode = wantsCode || linked === null;
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [codeNote, setCodeNote] = useState<string | null>(null);
  const [badName, setBadName] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const words = en.join;

  async function join(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const wrongCode = byCode && codeFrom(code) === null && inviteFrom(code) === null ? words.codeShort : null;
    const wrongName = nameNote(name);
    setCodeNote(wrongCode);
    setBadName(wrongName);
    setTrouble(null);
    if (wrongCode) codeField.current?.focus();
    else if (wrongName) nameField.current?.focus();
    if (wrongCode || wrongName) return;

    setBusy(true);
    const invite = byCode ? await inviteBehind(code) : { ok: true as const, value: linked ?? '' };
    const joined = invite.ok ? await joinRoom(invite.value, name.trim()) : invite;
    setBusy(false);
    if (joined.ok) {
      inviteInHand().forget();
      navigate(`/s/${joined.value.sessionId}`, { replace: true });
    } else if (joined.error.code === 'invite-unknown' && byCode && !invite.ok) {
      setCodeNote(words.codeUnknown);
      codeField.current?.focus();
    } else setTrouble(joined.error.sentence);
  }

  return (
    <Page title={words.title} foot={<WhoSees>{words.whoSees}</WhoSees>}>
      <p className={styles.invited}>{words.invited}</p>
      <form className={styles.form} onSubmit={(event) => void join(event)} noValidate>
        {byCode ? (
          <TextField
            ref={codeField}
            label={words.codeLabel}
            hint={words.codeHint}
            value={code}
            onChange={(typed) => {
              setCode(typed);
              setCodeNote(null);
            }}
            note={codeNote}
            look="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            enterKeyHint="next"
          />
        ) : null}
        <NameField
          ref={nameField}
          label={words.nameLabel}
          hint={words.nameHint}
          value={name}
          onChange={(typed) => {
            setName(typed);
            setBadName(null);
          }}
          note={badName}
        />
        {trouble ? <Notice live>{trouble}</Notice> : null}
        <Button kind="primary" type="submit" busy={busy}>
          {busy ? words.going : words.go}
        </Button>
      </form>
      {byCode ? null : (
        <button type="button" className={styles.other} onClick={() => setWantsCode(true)}>
          {words.useCode}
        </button>
      )}
    </Page>
  );
}

/** A code works once, so what it led to is kept until the room is joined. */
const redeemed = new Map<string, string>();

async function inviteBehind(typed: string): Promise<Answer<string>> {
  const pasted = inviteFrom(typed);
  if (pasted !== null) return { ok: true, value: pasted };
  const code = codeFrom(typed);
  if (code === null) return { ok: false, error: failure('invite-unknown') };
  const known = redeemed.get(code);
  if (known !== undefined) return { ok: true, value: known };
  const answer = await redeemCode(code);
  if (!answer.ok) return answer;
  redeemed.set(code, answer.value.invite);
  return { ok: true, value: answer.value.invite };
}
