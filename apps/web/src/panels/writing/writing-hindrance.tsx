import { useLasting } from '../../hooks/use-lasting.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PanelProps } from '../panel-props.ts';
import { counsellorName } from '../room.ts';

/** Why the own field cannot be written in now. What passes by itself is not mentioned before a moment. */
export function WritingHindrance({ session, snapshot, view }: PanelProps) {
  const words = sessionWords.writing;
  const { floor } = view;
  const unready = !snapshot.isReturned || !snapshot.document.synced || snapshot.pen === 'taking';
  const preparing = useLasting(unready, 1_200);
  if (floor.status === 'frozen') return <Notice live>{words.frozen(counsellorName(view) ?? '')}</Notice>;
  if (floor.status === 'closing') return <Notice live>{words.closing}</Notice>;
  if (snapshot.pen === 'elsewhere') {
    return (
      <Notice
        live
        action={
          <Button kind="quiet" onPress={() => void session.takePen()}>
            {words.continueHere}
          </Button>
        }
      >
        {words.elsewhere}
      </Notice>
    );
  }
  // Without a connection the line about that says more.
  return preparing && snapshot.connection === 'open' ? <Notice live>{words.preparing}</Notice> : null;
}
