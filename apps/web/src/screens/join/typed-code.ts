/** The code's eight characters, in any case, with or without a dash, as `KTRM-4726`; null if there are not eight. */
export function codeFrom(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : null;
}

/** What somebody types or pastes into the code's field may be the whole link: then it is the invitation in it. */
export const inviteFrom = (typed: string): string | null => /\/join#(\S+)/.exec(typed)?.[1] ?? null;
