/** Why a store was not opened: a closed list. Opening never falls back to another kind of store. */
export type StoreFaultKind =
  | 'locked'
  | 'read-only'
  | 'damaged'
  | 'newer'
  | 'not-durable'
  | 'unknown-scheme'
  | 'cannot-open';

export interface StoreFault {
  readonly why: StoreFaultKind;
  /** One sentence for the person who starts the server. Names the file, never a word of a session. */
  readonly sentence: string;
}

/** `where` is the file's path or the URL's scheme; `detail` is the system's own message, or the part that was found wrong. */
export function storeFault(why: StoreFaultKind, where: string, detail = ''): StoreFault {
  return { why, sentence: sentenceFor(why, where, detail) };
}

function sentenceFor(why: StoreFaultKind, where: string, detail: string): string {
  switch (why) {
    case 'locked':
      return `Another server is using the store ${where}; stop it first, two of them never share one file.`;
    case 'read-only':
      return `The store ${where} cannot be written to; give this user the right to write its folder and files.`;
    case 'damaged':
      return `The store ${where} is damaged and was left as it is; restore it from a backup (${detail}).`;
    case 'newer':
      return `The store ${where} was written by a newer build (${detail}); start that build, or restore an older backup.`;
    case 'not-durable':
      return `The store ${where} cannot promise to keep what it has accepted (${detail}); put it on a local disk.`;
    case 'unknown-scheme':
      return `The store URL begins with ${where}, which is no known kind of store; use sqlite:/path/to/file or memory:.`;
    case 'cannot-open':
      return `The store ${where} could not be opened (${detail}).`;
  }
}
