import { type Command, otherPartner, type Partner, type Seat, type View } from '@mend/core';
import { useState } from 'react';
import { en } from '../../locales/en.ts';
import type { Said, SaidCode } from '../../session/control-client.ts';
import { Notice } from '../../ui/notice.tsx';
import { WhoSees } from '../../ui/who-sees.tsx';
import { InviteCard } from '../invite/invite-card.tsx';
import { troubleWords } from '../trouble.ts';
import { Agreements } from './agreements.tsx';
import { CounsellorLobby } from './counsellor-lobby.tsx';
import { KeepChoice } from './keep-choice.tsx';
import styles from './lobby.module.css';
import { MatchWords } from './match-words.tsx';
import { Ready } from './ready.tsx';
import { WhoIsHere } from './who-is-here.tsx';

export interface LobbyProps {
  readonly sessionId: string;
  readonly view: View;
  /** Says a command to the server; the client's own `say`. */
  readonly say: (command: Command) => Promise<Said>;
  /** Who is connected now; one's own seat need not be in it. */
  readonly present: readonly { readonly seat: Seat }[];
}

/** The waiting room: who is here, the way in for the other, the two words, what holds here, and being ready. */
export function LobbyPanel(props: LobbyProps) {
  const { view } = props;
  const { you } = view;
  if (you === 'counsellor') return <CounsellorLobby {...props} />;
  return <PartnerLobby {...props} you={you} />;
}

function PartnerLobby(props: LobbyProps & { readonly you: Partner }) {
  const { sessionId, view, say, present, you } = props;
  const [trouble, setTrouble] = useState<SaidCode | null>(null);
  const other = otherPartner(you);
  const isOtherIn = view.seats.some(({ seat }) => seat === other);
  const isSame = view.match?.same === true;

  async function tell(command: Command): Promise<void> {
    setTrouble(null);
    const said = await say(command);
    if (!said.ok) setTrouble(said.code);
  }

  return (
    <div className={styles.lobby}>
      <WhoIsHere view={view} present={present} />
      {isOtherIn || view.withCounsellor ? null : <InviteCard sessionId={sessionId} seat={other} />}
      {view.match ? <MatchWords sessionId={sessionId} match={view.match} tell={tell} /> : null}
      {view.match?.same === false ? null : (
        <>
          <Agreements />
          <KeepChoice keep={view.keep} tell={tell} />
          {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
          {isSame ? <Ready view={view} tell={tell} /> : <p className={styles.quiet}>{whatIsNeeded(view)}</p>}
        </>
      )}
      <WhoSees>{en.lobby.whoSees}</WhoSees>
    </div>
  );
}

function whatIsNeeded(view: View): string {
  if (view.match) return en.lobby.readyFirst;
  return view.withCounsellor ? en.lobby.fromCounsellor : en.lobby.needed;
}
