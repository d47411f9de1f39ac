import { useLasting } from '../../hooks/use-lasting.ts';
import { useYourTurnSign } from '../../hooks/use-your-turn-sign.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { ChoosePanel } from '../../panels/choose/choose-panel.tsx';
import { DraftsTray } from '../../panels/drafts/drafts-tray.tsx';
import { frameWords } from '../../panels/frame-words.ts';
import { ListeningPanel } from '../../panels/listening/listening-panel.tsx';
import { LobbyPanel } from '../../panels/lobby/lobby-panel.tsx';
import { Page } from '../../panels/page/page.tsx';
import { isYourTurn, type PanelName, panelFor } from '../../panels/panel-for.ts';
import type { PanelProps } from '../../panels/panel-props.ts';
import { PauseNow } from '../../panels/pause/pause-choice.tsx';
import { PausedPanel } from '../../panels/paused/paused-panel.tsx';
import { QuestionPanel } from '../../panels/question/question-panel.tsx';
import { counsellorName } from '../../panels/room.ts';
import { Words } from '../../panels/said/turn-words.tsx';
import { counsellorLines, signalLines } from '../../panels/signal-lines.ts';
import { WritingPanel } from '../../panels/writing/writing-panel.tsx';
import { sharedPhone } from '../../preferences/shared-phone.ts';
import { useTabPreference } from '../../preferences/use-tab-preference.ts';
import { Notice } from '../../ui/notice.tsx';
import { SeamLine } from '../../ui/seam-line.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { AbsenceLine, absenceWords } from './absence-line.tsx';
import { Announcer } from './announcer.tsx';
import { BehindLine, behindWords } from './behind-line.tsx';
import styles from './session.module.css';

/** Milliseconds for which a connection may be missing before anybody is told. */
const RECONNECTING_AFTER = 2_000;

/** The session while it goes on: one frame, and the panel that the view asks for. */
export function OpenScreen(props: PanelProps) {
  const { session, snapshot, view } = props;
  const panel = panelFor(view);
  const frame = frameWords(view);
  const cutOff = useLasting(snapshot.connection === 'reconnecting', RECONNECTING_AFTER);
  useYourTurnSign(isYourTurn(view));

  const isKept = useTabPreference(sharedPhone) === 'off' && panel === 'writing';
  const { reconnecting, reconnectingOnly } = sessionWords.connection;
  const connection = cutOff ? (isKept ? reconnecting : reconnectingOnly) : '';
  const signals = signalLines(snapshot, view);
  const lines = counsellorLines(snapshot, view);
  return (
    <Page
      title={frame.title}
      {...(frame.above === null ? {} : { above: frame.above })}
      end={<PauseNow session={session} view={view} />}
      {...(view.progress === null || view.phase !== 'live'
        ? {}
        : {
            progress: (
              <SeamLine
                {...view.progress}
                label={sessionWords.progress(view.progress.at, view.progress.of)}
              />
            ),
          })}
      {...(panel === 'lobby' ? {} : { foot: <WhoSees>{frame.sees}</WhoSees> })}
    >
      <Announcer
        lines={[
          frame.said,
          ...signals,
          ...lines.map(({ text }) => text),
          absenceWords(props),
          behindWords(view),
          connection,
        ]}
      />
      {cutOff ? <Notice>{connection}</Notice> : null}
      <BehindLine view={view} />
      <AbsenceLine session={session} snapshot={snapshot} view={view} />
      {panel === 'writing' ? null : <Lines of={signals} />}
      {lines.map(({ text, to }) => (
        <Notice key={`${to} ${text}`}>
          <strong>{sessionWords.said.fromCounsellor[to](counsellorName(view) ?? '')}</strong>
          <Words>{text}</Words>
        </Notice>
      ))}
      {panel === 'writing' ? null : <DraftsTray session={session} snapshot={snapshot} />}
      <Panel {...props} panel={panel} />
    </Page>
  );
}

function Lines({ of }: { readonly of: readonly string[] }) {
  return of.map((line) => (
    <p key={line} className={styles.signal}>
      {line}
    </p>
  ));
}

function Panel({ panel, ...props }: PanelProps & { readonly panel: PanelName }) {
  switch (panel) {
    case 'choose':
      return <ChoosePanel {...props} />;
    case 'writing':
      return <WritingPanel key={props.view.floor.turn} turn={props.view.floor.turn ?? ''} {...props} />;
    case 'listening':
      return <ListeningPanel {...props} />;
    case 'question':
      return <QuestionPanel {...props} />;
    case 'paused':
      return <PausedPanel {...props} />;
    case 'lobby': {
      const { session, snapshot, view } = props;
      return (
        <LobbyPanel
          sessionId={session.id}
          view={view}
          say={session.say}
          present={snapshot.document.present}
        />
      );
    }
    case 'ended':
      return null;
  }
}
