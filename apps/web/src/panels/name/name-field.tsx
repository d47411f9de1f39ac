import type { Ref } from 'react';
import { TextField } from '../../ui/text-field.tsx';

/** What somebody wants to be called: the same field wherever a room is opened or joined. */
export function NameField(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly note: string | null;
  readonly onChange: (typed: string) => void;
  readonly ref: Ref<HTMLInputElement>;
}) {
  return (
    <TextField {...props} autoComplete="off" autoCapitalize="words" spellCheck={false} enterKeyHint="go" />
  );
}
