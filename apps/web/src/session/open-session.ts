/** A session client over real sockets, for the page this runs in. */

import { sharedPhone } from '../preferences/shared-phone.ts';
import { createControlClient } from './control-client.ts';
import { socketWire } from './control-wire.ts';
import { createDocumentClient } from './document-client.ts';
import { createDrafts } from './drafts.ts';
import { browserStorage, createKeptStorage } from './kept-storage.ts';
import { pageSignals } from './page-signals.ts';
import { createSessionClient, type SessionClient } from './session-client.ts';
import { createUnsentWords } from './unsent-words.ts';

/** The browser's cookie speaks for the seat. */
export function openSession(id: string): SessionClient {
  const { origin } = window.location;
  const page = pageSignals();
  const storage = createKeptStorage({
    storage: browserStorage(),
    sharedPhone,
    keys: [`mend:${id}:drafts`, `mend:${id}:unsent`],
  });
  const drafts = createDrafts({ storage, session: id });
  const unsent = createUnsentWords({ storage, session: id });
  const client = createSessionClient({
    id,
    control: createControlClient(socketWire(origin, { session: id })),
    document: createDocumentClient({
      serverUrl: `${origin.replace(/^http/, 'ws')}/sync`,
      sessionId: id,
      drafts,
      page,
      // The words are drafts by now; after a reload they must not be put back a second time.
      onRefused: unsent.saved,
    }),
    drafts,
    unsent,
    // Numbers and no words: kept on a shared phone too, or a reload would ask there whether to go on here.
    storage: browserStorage(),
    page,
  });
  function forgetEverything(): void {
    client.forgetEverything();
    storage.empty();
  }
  // Leaving blanks the page before it goes: nothing may be left in a page that the browser keeps for its back button.
  const stopHiding = page.onHide(() => {
    if (document.documentElement.hidden) forgetEverything();
  });
  return {
    ...client,
    forgetEverything,
    destroy() {
      stopHiding();
      client.destroy();
      page.destroy();
      storage.destroy();
    },
  };
}
