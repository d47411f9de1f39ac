/** Invitations that this tab holds, so that a reload does not lose them. They go on leaving. */

export interface KeptInvite {
  read(): string | null;
  keep(invite: string): void;
  forget(): void;
}

/** The one to give to the other person of a session. */
export const inviteFor = (session: string): KeptInvite => keptAs(`mend:invite:${session}`);

/** The same for a counsellor's room, where each seat has its own. */
export const inviteForSeat = (session: string, seat: string): KeptInvite =>
  keptAs(`mend:invite:${session}:${seat}`);

/** The one this person came with and has not used yet. */
export const inviteInHand = (): KeptInvite => keptAs('mend:joining');

/** What tells this tab's attempt to use an invitation from everybody else's. */
export const attemptWith = (invite: string): KeptInvite => keptAs(`mend:attempt:${invite}`);

function keptAs(key: string): KeptInvite {
  // A browser that keeps nothing: the page still works, and a reload asks for a new invitation.
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    read: () => attempt(() => sessionStorage.getItem(key), null),
    keep: (invite) => attempt(() => sessionStorage.setItem(key, invite), undefined),
    forget: () => attempt(() => sessionStorage.removeItem(key), undefined),
  };
}
