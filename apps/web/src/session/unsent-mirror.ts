/** Between the document and the tab's storage: what is mirrored while the holder writes, and put back after a reload. */

import type { DocumentClient } from './document-client.ts';
import type { Drafts } from './drafts.ts';
import type { PageSignals } from './page-signals.ts';
import { planReturn } from './unsent-return.ts';
import type { UnsentWords } from './unsent-words.ts';

type MirroredClient = Pick<DocumentClient, 'isSaved' | 'subscribe' | 'textOf'>;

export interface UnsentMirror {
  /** The field changed, perhaps by half-composed words that the document does not have. */
  touch(): void;
  /** Ends it. What is unsaved stays mirrored. */
  stop(): void;
}

/**
 * Mirrors one turn's words while this person holds it. Begin after `returnUnsent`, which reads what is mirrored.
 * @param options.words what the field shows now
 */
export function mirrorUnsent(options: {
  readonly client: MirroredClient;
  readonly unsent: UnsentWords;
  readonly turn: string;
  readonly words: () => string;
  readonly page?: PageSignals;
}): UnsentMirror {
  const { client, unsent, turn, words, page } = options;
  let base = client.textOf(turn).toString();

  function touch(): void {
    const whole = words();
    if (client.isSaved() && whole === client.textOf(turn).toString()) {
      base = whole;
      unsent.saved();
    } else unsent.keep({ turn, whole, base });
  }

  const stops = [client.subscribe(touch), page?.onHide(unsent.flush)];
  return {
    touch,
    stop() {
      for (const stop of stops) stop?.();
      unsent.flush();
    },
  };
}

/** `later`: not connected, or the pen was not given. Nothing was changed; try again when the client is live. */
export type Returned = 'nothing' | 'edit' | 'draft' | 'later';

/**
 * Puts the words back that an earlier page of this tab could not send, or makes a private draft of them. For a turn
 * that goes on, the pen is taken first: from then on the old page's last frames, which may still be on their way, are
 * refused, and what the server has after that is compared. So no word comes twice.
 *
 * @param options.mayWrite whether the turn is held by this seat now
 * @param options.takePen sends `turn.here` with the clientID, and says whether the server agreed
 */
export async function returnUnsent(options: {
  readonly client: Pick<DocumentClient, 'doc' | 'refresh' | 'textOf' | 'view'>;
  readonly unsent: UnsentWords;
  readonly drafts: Pick<Drafts, 'save'>;
  readonly mayWrite: (turn: string) => boolean;
  readonly takePen: (clientId: number) => Promise<boolean>;
  readonly origin: unknown;
  /** How long the server may take to answer, in milliseconds. */
  readonly within?: number;
}): Promise<Returned> {
  const { client, unsent, drafts, mayWrite, takePen, origin, within = 5_000 } = options;
  const left = unsent.left();
  if (left === null) return 'nothing';
  const { turn } = left;
  const { generation } = client.view();
  if (mayWrite(turn) && !(await takePen(client.view().clientId))) return 'later';
  if (!(await client.refresh(within)) || client.view().generation !== generation) return 'later';

  const text = client.textOf(turn);
  const server = text.toString();
  const plan = planReturn(left, server, mayWrite(turn));
  unsent.forget();
  if (plan.kind === 'draft') drafts.save({ turn, words: plan.words, whole: plan.whole });
  if (plan.kind === 'edit') {
    const { at, remove, insert } = plan.edit;
    client.doc().transact(() => {
      text.delete(at, remove);
      text.insert(at, insert);
    }, origin);
    unsent.keep({ turn, whole: left.whole, base: server });
    unsent.flush();
  }
  return plan.kind;
}
