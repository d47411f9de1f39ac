/** Why a document socket is closed. 4400 to 4499 tell a stock y-websocket client not to come back by itself. */
export const CLOSE = {
  'not-protocol': 4400,
  'no-such-seat': 4401,
  'not-your-words': 4403,
  erased: 4410,
  'too-large': 4413,
  'too-fast': 4429,
  'come-back': 4503,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** A close frame's reason is at most 123 bytes of UTF-8; ours are ASCII. */
export const closeReason = (code: string, sentence: string): string => `${code}: ${sentence}`.slice(0, 120);
