import { GUARD_CODES, type GuardCode } from '@mend/core';
import { CLOSE, type CloseCode } from '@mend/protocol';

const CLOSE_FOR = {
  bytes: CLOSE['not-protocol'],
  limit: CLOSE['too-large'],
  write: CLOSE['not-your-words'],
  resync: CLOSE['not-your-words'],
} as const;

/** What a connection is closed with for what the guard found. */
export const closeFor = (code: GuardCode): CloseCode => CLOSE_FOR[GUARD_CODES[code]];
