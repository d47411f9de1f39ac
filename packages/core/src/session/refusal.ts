/** Why a command is not carried out: a closed list, one sentence each. Programs read the code, people the sentence. */
export const REFUSALS = {
  'bad-input': 'Something in this request has the wrong shape.',
  'unknown-command': 'There is no such command.',
  'not-allowed': 'This seat cannot do that.',
  'not-now': 'That cannot be done at this moment.',
  'too-fast': 'That was a lot at once. Wait a moment and go on.',
  'words-missing': 'Your last words have not arrived yet. They are still on your device.',
  'cannot-write': 'This cannot be saved right now. Your words are still on your device.',
  'turn-over': 'That turn has ended already.',
  'moment-over': 'That question has been answered already.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

export const refusal = (code: RefusalCode, message: string = REFUSALS[code]): Refusal => ({ code, message });
