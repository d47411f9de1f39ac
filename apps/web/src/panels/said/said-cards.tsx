import type { TurnView, View } from '@mend/core';
import type { ReactNode } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import type { SessionClient } from '../../session/session-client.ts';
import { Card, CardStack } from '../../ui/card.tsx';
import { nameOf, sideOf } from '../room.ts';
import { CappedWords } from './capped-words.tsx';
import { TurnWords } from './turn-words.tsx';

/**
 * The words that belong beside what is asked: what was said, and what was heard. Where one answers the other, the
 * two cards meet. `capped`: long words scroll in their
 * card, so that what is below stays near. `children`: a card that is still open, below them.
 */
export function SaidCards(props: {
  readonly session: SessionClient;
  readonly view: View;
  readonly turns: readonly string[];
  readonly height?: 'whole' | 'capped';
  readonly children?: ReactNode;
}) {
  const { session, view, turns, height = 'whole', children } = props;
  const shown = turns.flatMap((id) => view.turns.find((turn) => turn.id === id) ?? []);
  if (shown.length === 0 && !children) return null;
  const isAlone = shown.length === 1 && !children;
  return (
    <CardStack>
      {shown.map((turn, index) => {
        const before = shown[index - 1];
        const words = <TurnWords session={session} turn={turn.id} />;
        return (
          <Card
            key={turn.id}
            side={sideOf(turn.seat)}
            name={nameOf(view, turn.seat)}
            about={aboutOf(turn)}
            {...(isAlone ? {} : { edge: index % 2 === 0 ? 'below' : 'above' })}
            meets={before !== undefined && index % 2 === 1 && before.seat !== turn.seat}
          >
            {height === 'capped' ? <CappedWords>{words}</CappedWords> : words}
          </Card>
        );
      })}
      {children}
    </CardStack>
  );
}

const aboutOf = ({ kind }: TurnView): string =>
  kind === 'mirror' ? sessionWords.said.heard : sessionWords.said.said;
