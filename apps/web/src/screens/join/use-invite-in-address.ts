import { useState } from 'react';
import { inviteInHand, type KeptInvite } from '../../http/kept-invites.ts';

/**
 * The invitation from the address's fragment. It is taken out of the address bar at once, so that nobody reads it
 * there and no screenshot holds it, and kept in the tab for a reload.
 */
export function useInviteInAddress(): string | null {
  const [invite] = useState(() => takeInvite(inviteInHand()));
  return invite;
}

function takeInvite(kept: KeptInvite): string | null {
  const fragment = location.hash.slice(1);
  if (fragment === '') return kept.read();
  kept.keep(fragment);
  history.replaceState(history.state, '', location.pathname);
  return fragment;
}
