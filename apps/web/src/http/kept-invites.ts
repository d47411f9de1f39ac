import * as z from 'zod/mini';
import { browserStorage } from '../session/tab-settings.ts';
import { type StoredValue, storedValue } from '../session/tab-storage.ts';

/** Invitations that this tab holds, so that a reload does not lose them. They go on leaving. */

export interface KeptInvite {
  read(): string | null;
  keep(invite: string): void;
  forget(): void;
}

/** The one to give to the other person of a session. */
export const inviteFor = (session: string): KeptInvite => keptIn(stored(`mend:invite:${session}`));

/** The same for a counsellor's room, where each seat has its own. */
export const inviteForSeat = (session: string, seat: string): KeptInvite =>
  keptIn(stored(`mend:invite:${session}:${seat}`));

/** The one this person came with and has not used yet. */
export const inviteInHand = (): KeptInvite => keptIn(stored('mend:joining'));

const stored = (key: string): StoredValue => storedValue(browserStorage(), key);

function keptIn(value: StoredValue): KeptInvite {
  return {
    read() {
      const raw = z.string().safeParse(value.read());
      return raw.success ? raw.data : null;
    },
    keep: (invite) => void value.write(invite),
    forget: () => value.remove(),
  };
}
