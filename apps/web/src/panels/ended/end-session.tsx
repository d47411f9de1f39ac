import { useState } from 'react';
import { useSaying } from '../../hooks/use-saying.ts';
import { leave } from '../../leave.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { troubleWords } from '../trouble.ts';
import styles from './ended.module.css';

/** Ends the session in two presses; the second one knows what becomes of the words. */
export function EndSession(props: Pick<PanelProps, 'session' | 'view'> & { readonly label: string }) {
  const { session, view, label } = props;
  const [open, setOpen] = useState(false);
  const { busy, trouble, say } = useSaying(session);
  if (!view.may.includes('session.close')) return null;
  const words = sessionWords.close;
  // What was just chosen is shown at once; the view follows.
  const keep = busy?.type === 'consent.save' ? busy.keep : view.keep;
  const fate = keep === null ? words.ifNull : keep ? words.ifYes : words.ifNo;
  return (
    <div className={styles.end}>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={words.title}
        closeLabel={words.cancel}
        leaveLabel={sessionWords.leave}
        onLeave={leave}
      >
        {view.you === 'counsellor' ? <p>{words.words}</p> : null}
        {view.may.includes('consent.save') ? (
          <ChoiceList
            label={words.keep}
            choices={[
              { id: 'yes', label: words.keepYes },
              { id: 'no', label: words.keepNo },
            ]}
            chosen={keep === null ? null : keep ? 'yes' : 'no'}
            onChoose={(choice) => void say({ type: 'consent.save', keep: choice === 'yes' })}
          />
        ) : null}
        {view.you === 'counsellor' ? null : <p role="status">{fate}</p>}
        {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
        <Button kind="primary" busy={busy !== null} onPress={() => void say({ type: 'session.close' })}>
          {busy?.type === 'session.close' ? words.ending : words.confirm}
        </Button>
      </Dialog>
    </div>
  );
}
