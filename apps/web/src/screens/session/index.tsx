import { useFromTheTop } from '../../hooks/use-from-the-top.ts';
import { useSession, useSnapshot } from '../../hooks/use-session.ts';
import type { SessionClient } from '../../session/session-client.ts';
import { OpeningScreen } from '../opening/opening-screen.tsx';
import { EndedScreen } from './ended-screen.tsx';
import { GoneScreen } from './gone-screen.tsx';
import { OpenScreen } from './open-screen.tsx';

/** A running session, from the lobby to its end. */
export function SessionScreen({ id }: { readonly id: string }) {
  const session = useSession(id);
  return session === null ? <OpeningScreen /> : <Session session={session} />;
}

function Session({ session }: { readonly session: SessionClient }) {
  const snapshot = useSnapshot(session);
  const { view, connection } = snapshot;
  useFromTheTop(`${view?.phase} ${view?.floor.turn} ${view?.moment?.id}`);
  if (connection === 'gone') return <GoneScreen session={session} snapshot={snapshot} />;
  if (connection === 'erased' || view?.phase === 'sealed') {
    return <EndedScreen session={session} snapshot={snapshot} view={view} />;
  }
  if (view === null) return <OpeningScreen />;
  return <OpenScreen session={session} snapshot={snapshot} view={view} />;
}
