import { useEffect, useState, useSyncExternalStore } from 'react';
import { openSession } from '../session/open-session.ts';
import type { SessionClient } from '../session/session-client.ts';
import type { SessionSnapshot } from '../session/session-snapshot.ts';

/** The session of this id for as long as the screen is there; null for the first moment. */
export function useSession(id: string): SessionClient | null {
  const [session, setSession] = useState<SessionClient | null>(null);
  useEffect(() => {
    const opened = openSession(id);
    setSession(opened);
    return () => {
      setSession(null);
      opened.destroy();
    };
  }, [id]);
  return session?.id === id ? session : null;
}

export const useSnapshot = (session: SessionClient): SessionSnapshot =>
  useSyncExternalStore(session.subscribe, session.snapshot);
