import { useLocation } from 'wouter';
import type { Failure } from '../../http/failure.ts';
import { en } from '../../locales/en.ts';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';
import { StatusLine } from '../../ui/status-line.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { RecordPage } from './record-page.tsx';
import { useRecord } from './use-record.ts';

/** What the two wrote, to be read quietly, or why it is not here. */
export function TranscriptScreen(props: { readonly id: string }) {
  const { id } = props;
  const { state, again } = useRecord(id);
  const [, navigate] = useLocation();
  const words = en.transcript;
  const toRoom = (): void => navigate(`/s/${id}`, { replace: true });

  switch (state.is) {
    case 'reading':
      return (
        <Page title={words.title}>
          <StatusLine>{words.reading}</StatusLine>
        </Page>
      );
    case 'here':
      return (
        <Page title={words.title} foot={<WhoSees>{words.whoSees}</WhoSees>}>
          <RecordPage record={state.record} shelf={state.shelf} onBack={toRoom} />
        </Page>
      );
    case 'not-here':
      return (
        <NotHere
          why={state.why}
          again={again}
          toRoom={toRoom}
          toStart={() => navigate('/', { replace: true })}
        />
      );
  }
}

function NotHere(props: {
  readonly why: Failure;
  readonly again: () => void;
  readonly toRoom: () => void;
  readonly toStart: () => void;
}) {
  const { why, again, toRoom, toStart } = props;
  const words = en.transcript;
  switch (why.code) {
    case 'not-kept':
      return (
        <Page title={words.notKeptTitle}>
          <p>{words.notKept}</p>
          <Button kind="quiet" onPress={toStart}>
            {en.frame.home}
          </Button>
        </Page>
      );
    case 'not-decided':
      return (
        <Page title={words.notDecidedTitle}>
          <p>{words.notDecided}</p>
          <Button kind="primary" onPress={toRoom}>
            {words.decide}
          </Button>
        </Page>
      );
    case 'no-such-seat':
      return (
        <Page title={words.noSeatTitle}>
          <p>{why.sentence}</p>
          <Button kind="quiet" onPress={toStart}>
            {en.frame.home}
          </Button>
        </Page>
      );
    default:
      return (
        <Page title={words.offlineTitle}>
          <p>{words.notHereAdvice}</p>
          <Button kind="primary" onPress={again}>
            {words.again}
          </Button>
          <Button kind="quiet" onPress={toRoom}>
            {words.back}
          </Button>
        </Page>
      );
  }
}
