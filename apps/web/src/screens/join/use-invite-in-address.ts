import { useEffect, useState } from 'react';
import { inviteInHand } from '../../http/kept-invites.ts';

/**
 * The invitation from the address's fragment. It is taken out of the address bar at once, so that nobody reads it
 * there and no screenshot holds it, and kept in the tab for a reload.
 */
export function useInviteInAddress(): string | null {
  const [invite, setInvite] = useState(takeInvite);
  useEffect(() => {
    // A second link opened in the same tab changes the fragment alone.
    const takeAgain = (): void => {
      if (location.hash !== '') setInvite(takeInvite());
    };
    window.addEventListener('hashchange', takeAgain);
    return () => window.removeEventListener('hashchange', takeAgain);
  }, []);
  return invite;
}

function takeInvite(): string | null {
  const kept = inviteInHand();
  const fragment = location.hash.slice(1);
  if (fragment === '') return kept.read();
  kept.keep(fragment);
  history.replaceState(history.state, '', location.pathname);
  return fragment;
}
