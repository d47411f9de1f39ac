import { useMemo, useSyncExternalStore } from 'react';
import type { SessionClient } from '../session/session-client.ts';

/** A turn's words, as they come in. */
export function useTurnText(session: SessionClient, turn: string): string {
  const text = useMemo(() => session.textOf(turn), [session, turn]);
  return useSyncExternalStore(text.subscribe, text.read);
}
