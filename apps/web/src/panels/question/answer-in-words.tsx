import { type ChoiceView, findForbidden, lengthInGraphemes, stripForbidden } from '@mend/core';
import { useEffect, useRef, useState } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './question.module.css';

/** An answer with room for one line of one's own. The line may stay empty. */
export function AnswerInWords(props: {
  readonly choice: ChoiceView;
  readonly busy: boolean;
  readonly onSend: (words: string) => void;
  readonly onBack: () => void;
}) {
  const { choice, busy, onSend, onBack } = props;
  const [line, setLine] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const words = sessionWords.question;
  const over = lengthInGraphemes(line) - (choice.limit ?? 0);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (over <= 0 && !busy) onSend(line);
      }}
    >
      <p className={styles.label}>{choice.label}</p>
      <TextField
        ref={field}
        label={words.addWords}
        hint={words.addWordsHint}
        value={line}
        onChange={(value) => setLine(findForbidden(value) < 0 ? value : stripForbidden(value))}
        note={over > 0 ? words.tooLong(over) : null}
        autoComplete="off"
        autoCapitalize="sentences"
        enterKeyHint="send"
        spellCheck
      />
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? words.sending : words.send}
      </Button>
      <Button kind="bar" onPress={onBack}>
        {words.back}
      </Button>
    </form>
  );
}
