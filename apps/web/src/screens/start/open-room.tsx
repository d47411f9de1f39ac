import { type SubmitEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { en } from '../../locales/en.ts';
import { NameField } from '../../panels/name/name-field.tsx';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { nameNote } from './name-note.ts';
import { openAndJoin } from './open-and-join.ts';
import styles from './open-room.module.css';

/** The starter's name; then the room is there. */
export function OpenRoom(props: { readonly onBack: () => void }) {
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const words = en.start;

  async function open(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const wrong = nameNote(name);
    setNote(wrong);
    setTrouble(null);
    if (wrong) {
      field.current?.focus();
      return;
    }
    setBusy(true);
    const opened = await openAndJoin(name.trim());
    setBusy(false);
    if (opened.ok) navigate(`/s/${opened.value}`, { replace: true });
    else setTrouble(opened.error.sentence);
  }

  return (
    <Page title={words.nameTitle} foot={<WhoSees>{words.whoSees}</WhoSees>}>
      <form className={styles.form} onSubmit={(event) => void open(event)} noValidate>
        <NameField
          ref={field}
          label={words.nameLabel}
          hint={words.nameHint}
          value={name}
          onChange={(typed) => {
            setName(typed);
            setNote(null);
          }}
          note={note}
        />
        {trouble ? <Notice live>{trouble}</Notice> : null}
        <Button kind="primary" type="submit" busy={busy}>
          {busy ? words.opening : words.open}
        </Button>
        <Button kind="quiet" onPress={props.onBack}>
          {words.back}
        </Button>
      </form>
    </Page>
  );
}
