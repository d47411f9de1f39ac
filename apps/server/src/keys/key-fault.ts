/** Why the keys were not opened: a closed list. A missing or wrong key is never replaced by a new one. */
export type KeyFaultKind =
  | 'key-missing'
  | 'key-exposed'
  | 'key-malformed'
  | 'key-unreadable'
  | 'key-not-made'
  | 'key-wrong'
  | 'keys-missing'
  | 'keys-damaged';

export interface KeyFault {
  readonly why: KeyFaultKind;
  /** One sentence for the person who starts the server. Names files, never a part of a key. */
  readonly sentence: string;
}

/** `where` is the file that is at fault; `detail` is the other file concerned, or what was found wrong. */
export function keyFault(why: KeyFaultKind, where: string, detail = ''): KeyFault {
  return { why, sentence: sentenceFor(why, where, detail) };
}

function sentenceFor(why: KeyFaultKind, where: string, detail: string): string {
  switch (why) {
    case 'key-missing':
      return `The master key ${where} is missing, and ${detail} can be read with it alone; put it back, or name where it is in MEND_KEY_FILE.`;
    case 'key-exposed':
      return `The master key ${where} can be read by other users of this machine (mode ${detail}); allow it to its owner alone: chmod 600.`;
    case 'key-malformed':
      return `The master key ${where} is not whole (${detail}); put back the file as Mend made it.`;
    case 'key-unreadable':
      return `The master key ${where} cannot be read (${detail}); give this user the right to read it.`;
    case 'key-not-made':
      return `The master key ${where} could not be made (${detail}); give this user the right to write its folder.`;
    case 'key-wrong':
      return `The master key ${where} is not the one that ${detail} was locked with; put back the one that belongs to it.`;
    case 'keys-missing':
      return `The store ${detail} holds sessions, and ${where} holds no keys for them; restore it from its backup, or move the store away if it was written before there was encryption.`;
    case 'keys-damaged':
      return `The keys ${where} are damaged and were left as they are; restore them from their backup (${detail}).`;
  }
}
