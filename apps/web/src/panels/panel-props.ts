import type { View } from '@mend/core';
import type { SessionClient } from '../session/session-client.ts';
import type { SessionSnapshot } from '../session/session-snapshot.ts';

/** What every panel of a session is given. `view` is the snapshot's, known to be there. */
export interface PanelProps {
  readonly session: SessionClient;
  readonly snapshot: SessionSnapshot;
  readonly view: View;
}
