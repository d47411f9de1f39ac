import type { ChoiceView, MomentView } from '@mend/core';
import { useState } from 'react';
import { useSaying } from '../../hooks/use-saying.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ListeningSignals } from '../listening/listening-signals.tsx';
import type { PanelProps } from '../panel-props.ts';
import { PauseChoice } from '../pause/pause-choice.tsx';
import { counsellorName } from '../room.ts';
import { FreshAnswers } from '../said/fresh-answers.tsx';
import { SaidBefore } from '../said/said-before.tsx';
import { SaidCards } from '../said/said-cards.tsx';
import { Words } from '../said/turn-words.tsx';
import { troubleWords } from '../trouble.ts';
import { AnswerInWords } from './answer-in-words.tsx';
import styles from './question.module.css';

/** A moment that asks: this seat, the other, or both. Every answer is as large as the next one. */
export function QuestionPanel({ session, view }: PanelProps) {
  const { moment } = view;
  if (moment === null) return null;
  const asked = moment.waitingFor.includes(view.you) && view.may.includes('moment.answer');
  return (
    <div className={styles.question}>
      <FreshAnswers view={view} />
      <p className={styles.prompt}>{moment.prompt}</p>
      <SaidCards session={session} view={view} turns={moment.shows} />
      {view.floor.status === 'frozen' ? (
        <Notice>{sessionWords.listening.frozen(counsellorName(view) ?? '')}</Notice>
      ) : null}
      {asked ? <Answers key={moment.id} session={session} moment={moment} /> : null}
      {moment.answered ? <OwnAnswer moment={moment} /> : null}
      {asked || moment.answered ? null : <ListeningSignals session={session} view={view} />}
      <PauseChoice session={session} view={view} />
      <SaidBefore session={session} view={view} />
    </div>
  );
}

function Answers({ session, moment }: { session: PanelProps['session']; moment: MomentView }) {
  const { busy, trouble, say } = useSaying(session);
  const [inWords, setInWords] = useState<ChoiceView | null>(null);
  const answer = (choice: ChoiceView, words = ''): void => {
    const given = words.trim() === '' ? {} : { words };
    void say({ type: 'moment.answer', choice: choice.id, moment: moment.id, ...given });
  };
  const busyWith = busy?.type === 'moment.answer' ? busy.choice : null;
  return (
    <div className={styles.answers}>
      {inWords ? (
        <AnswerInWords
          choice={inWords}
          busy={busyWith !== null}
          onSend={(words) => answer(inWords, words)}
          onBack={() => setInWords(null)}
        />
      ) : (
        moment.choices.map((choice) => (
          <Button
            key={choice.id}
            kind="choice"
            busy={busyWith !== null}
            pressed={busyWith === choice.id}
            onPress={() => (choice.words ? setInWords(choice) : answer(choice))}
          >
            {choice.label}
          </Button>
        ))
      )}
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
    </div>
  );
}

/** What this seat answered, while it waits for the other. */
function OwnAnswer({ moment }: { readonly moment: MomentView }) {
  const words = sessionWords.question;
  const choice = moment.choices.find(({ id }) => id === moment.answered?.choice);
  return (
    <section className={styles.own} aria-label={words.yourAnswer}>
      <p className={styles.quiet}>{words.yourAnswer}</p>
      <p className={styles.label}>{choice?.label}</p>
      {moment.answered?.words ? <Words>{moment.answered.words}</Words> : null}
      <p>{words.waitingForBoth}</p>
      <p className={styles.quiet}>{words.waitingHint}</p>
    </section>
  );
}
