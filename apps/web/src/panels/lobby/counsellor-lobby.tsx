import { PARTNERS } from '@mend/core';
import { useState } from 'react';
import { en } from '../../locales/en.ts';
import { fill } from '../../locales/fill.ts';
import type { SaidCode } from '../../session/control-client.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { InviteCard } from '../invite/invite-card.tsx';
import { troubleWords } from '../trouble.ts';
import styles from './lobby.module.css';
import type { LobbyProps } from './lobby-panel.tsx';
import { WhoIsHere } from './who-is-here.tsx';

/** The counsellor's side of the waiting room: an invitation for each seat, and letting people in by name. */
export function CounsellorLobby({ sessionId, view, say, present }: LobbyProps) {
  const [trouble, setTrouble] = useState<SaidCode | null>(null);
  const words = en.lobby;
  const waiting = view.seats.filter(({ seat, admitted }) => seat !== 'counsellor' && !admitted);
  const empty = PARTNERS.filter((partner) => !view.seats.some(({ seat }) => seat === partner));

  async function admit(seat: (typeof PARTNERS)[number]): Promise<void> {
    const said = await say({ type: 'lobby.admit', seat });
    setTrouble(said.ok ? null : said.code);
  }

  return (
    <div className={styles.lobby}>
      <WhoIsHere view={view} present={present} />
      <p>{words.counsellorAdvice}</p>
      {waiting.map(({ seat, name }) =>
        seat === 'counsellor' ? null : (
          <Button key={seat} kind="choice" onPress={() => void admit(seat)}>
            {fill(words.admit, { name })}
          </Button>
        ),
      )}
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
      {empty.map((seat) => (
        <InviteCard
          key={seat}
          sessionId={sessionId}
          seat={seat}
          title={seat === 'partnerA' ? words.inviteFirst : words.inviteSecond}
          keptBySeat
        />
      ))}
    </div>
  );
}
