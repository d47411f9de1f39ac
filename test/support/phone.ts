import { type ControlClient, createControlClient } from '../../apps/web/src/session/control-client.ts';
import { socketWire } from '../../apps/web/src/session/control-wire.ts';
import { createDocumentClient, type DocumentClient } from '../../apps/web/src/session/document-client.ts';
import { createDrafts } from '../../apps/web/src/session/drafts.ts';
import { createSessionClient, type SessionClient } from '../../apps/web/src/session/session-client.ts';
import { createUnsentWords } from '../../apps/web/src/session/unsent-words.ts';
import type { Joined } from './person.ts';

/** One page of the web client, without its screen. */
export interface Phone {
  readonly client: SessionClient;
  readonly document: DocumentClient;
  readonly control: ControlClient;
  /** Why each document was given up. */
  readonly refusals: readonly string[];
  text(turn: string): string;
  /** Writes at the end of a turn. */
  write(turn: string, words: string): void;
  /** The own words that are beside the field. */
  drafts(): readonly string[];
}

/** Opens it as `open-session.ts` does, with a key in place of the browser's cookie and nothing that outlives it. */
export function openPhone(origin: string, { sessionId, token }: Pick<Joined, 'sessionId' | 'token'>): Phone {
  const drafts = createDrafts({ storage: null, session: sessionId });
  const unsent = createUnsentWords({ storage: null, session: sessionId });
  const refusals: string[] = [];
  const document = createDocumentClient({
    serverUrl: `${origin.replace(/^http/, 'ws')}/sync`,
    sessionId,
    token,
    drafts,
    onRefused({ code }) {
      refusals.push(code);
      unsent.saved();
    },
  });
  const control = createControlClient(socketWire(origin, { token }));
  const client = createSessionClient({ id: sessionId, control, document, drafts, unsent, storage: null });
  return {
    client,
    document,
    control,
    refusals,
    text: (turn) => client.textOf(turn).read(),
    write(turn, words) {
      const text = document.textOf(turn);
      text.insert(text.length, words);
    },
    drafts: () => drafts.list().map(({ words }) => words),
  };
}
