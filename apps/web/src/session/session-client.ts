/** One session on this device: both channels, what is unsent, whose pen it is; put together, and told as one. */

import type { Command, View } from '@mend/core';
import { createAbsenceWatch } from './absence.ts';
import type { ControlClient, Said, SayOptions } from './control-client.ts';
import type { DocumentClient } from './document-client.ts';
import type { Drafts } from './drafts.ts';
import { createListeners } from './listeners.ts';
import { createLostWords } from './lost-words.ts';
import { isHeld, mayArrive, ownTurn } from './own-turn.ts';
import type { PageSignals } from './page-signals.ts';
import { type Passed, passTurn } from './pass-turn.ts';
import { createPassingNotices } from './passing-notices.ts';
import { createPen } from './pen.ts';
import { connectionOf, type SessionSnapshot, sameOr } from './session-snapshot.ts';
import type { StorageLike } from './tab-storage.ts';
import { type TurnText, turnText } from './turn-text.ts';
import { returnUnsent } from './unsent-mirror.ts';
import type { UnsentWords } from './unsent-words.ts';
import { type LockableField, openDesk, type WritingDesk } from './writing-desk.ts';

export interface SessionClient {
  readonly id: string;
  snapshot(): SessionSnapshot;
  subscribe(listener: () => void): () => void;
  say(command: Command, options?: SayOptions): Promise<Said>;
  textOf(turn: string): TurnText;
  /** Binds the field to the own turn; only while `isReturned` and the document is synced. */
  openDesk(turn: string, field: LockableField, onWords: (words: string) => void): WritingDesk;
  /** Takes the pen from another connection of this seat. */
  takePen(): Promise<boolean>;
  pass(turn: string, desk: WritingDesk, signal: AbortSignal): Promise<Passed>;
  discardDraft(id: string): void;
  /** Goes on waiting for the other. */
  keepWaiting(): void;
  /** Nothing of this session stays on this device but the seat itself. */
  forgetEverything(): void;
  destroy(): void;
}

export interface SessionParts {
  readonly id: string;
  readonly control: ControlClient;
  readonly document: DocumentClient;
  readonly drafts: Drafts;
  readonly unsent: UnsentWords;
  readonly storage: StorageLike | null;
  readonly page?: PageSignals;
}

export function createSessionClient(parts: SessionParts): SessionClient {
  const { id, control, document, drafts, unsent, storage, page } = parts;
  const listeners = createListeners();
  const notices = createPassingNotices();
  const absence = createAbsenceWatch();
  const pen = createPen({ control, document, storage, session: id });
  const lost = createLostWords({ document, drafts });
  let isReturned = unsent.left() === null;
  let returning = false;
  let forgotten = false;
  let destroyed = false;
  let scene = '';
  let snapshot = look();

  function look(): SessionSnapshot {
    const view = control.view();
    const connection = connectionOf(control.status(), document.view().status, view);
    return {
      view,
      connection,
      document: document.view(),
      pen: pen.state(),
      isReturned,
      drafts: drafts.list(),
      draftsSurvive: drafts.surviveReload(),
      notices: notices.list(),
      absence: absence.now(),
    };
  }

  function changed(): void {
    if (destroyed) return;
    const next = sameOr(snapshot, look());
    if (next === snapshot) return;
    snapshot = next;
    if (next.connection === 'erased' && !forgotten) forgetEverything();
    listeners.tell();
  }

  function follow(): void {
    if (destroyed) return;
    pen.follow();
    absence.observe(isOtherHere());
    const now = sceneOf(control.view());
    if (now !== scene) notices.clearSigns();
    scene = now;
    takeBackLost();
    if (!isReturned && !returning) void putBack();
    changed();
  }

  function isOtherHere(): boolean | null {
    const view = control.view();
    const { status, present } = document.view();
    if (view === null || status !== 'live' || view.phase !== 'live') return null;
    const others = view.seats.filter(({ seat }) => seat !== view.you && seat !== 'counsellor');
    return others.every(({ seat }) => present.some((one) => one.seat === seat));
  }

  /** What the server had of the own open turn and lost goes the way of what an earlier page could not send. */
  function takeBackLost(): void {
    const draft = lost.look(control.view());
    const isHere = control.status() === 'live' && document.view().status === 'live' && document.view().synced;
    if (draft === null || !isHere || !isReturned) return;
    isReturned = false;
    unsent.leave({ turn: draft.turn, whole: draft.whole, base: '' });
    drafts.discard(draft.id);
  }

  /** What an earlier page could not send goes back into its turn, or becomes a draft where that is over. */
  async function putBack(): Promise<void> {
    const view = control.view();
    const left = unsent.left();
    const isLive = control.status() === 'live' && document.view().status === 'live';
    if (view === null || left === null || !isLive || !document.view().synced) return;
    // A pause is not the end: the turn goes on after it.
    if (ownTurn(view) === left.turn && !isHeld(view, left.turn)) return;
    returning = true;
    const outcome = await returnUnsent({
      client: document,
      unsent,
      drafts,
      mayWrite: (turn) => isHeld(control.view(), turn) && pen.isOurs(),
      takePen: () => pen.take(),
      origin: 'own-field',
    });
    returning = false;
    isReturned = outcome !== 'later';
    if (outcome === 'later') setTimeout(follow, 1_000);
    changed();
  }

  function forgetEverything(): void {
    forgotten = true;
    drafts.clear();
    unsent.forget();
    unsent.saved();
    pen.forget();
    notices.clear();
  }

  let hiddenAt: number | null = null;
  const stops = [
    control.subscribe(follow),
    document.subscribe(follow),
    drafts.subscribe(changed),
    notices.subscribe(changed),
    absence.subscribe(changed),
    pen.subscribe(changed),
    control.onSaved(({ clientId, clock }) => document.saved(clientId, clock)),
    control.onNotice(notices.add),
    page?.onHide(() => {
      hiddenAt = Date.now();
    }),
    page?.onWake(() => {
      const slept = hiddenAt !== null && Date.now() - hiddenAt > SLEPT;
      hiddenAt = null;
      if (slept || control.status() !== 'live') control.restart();
    }),
  ];
  follow();

  return {
    id,
    snapshot: () => snapshot,
    subscribe: listeners.add,
    say: control.say,
    textOf: (turn) => turnText(document, turn),
    openDesk(turn, field, onWords) {
      pen.claim();
      return openDesk({
        client: document,
        drafts,
        unsent,
        turn,
        field,
        onWords,
        mayArrive: () => mayArrive(control.view(), turn) && pen.isOurs(),
        ...(page ? { page } : {}),
      });
    },
    takePen: pen.take,
    pass: (turn, desk, signal) => passTurn({ control, document, turn, flush: desk.flush, signal }),
    discardDraft: drafts.discard,
    keepWaiting: absence.keepWaiting,
    forgetEverything,
    destroy() {
      if (destroyed) return;
      destroyed = true;
      for (const stop of stops) stop?.();
      absence.destroy();
      control.destroy();
      document.destroy();
    },
  };
}

/** Changes with the turn and with what is asked. */
const sceneOf = (view: View | null): string =>
  `${view?.phase} ${view?.floor.turn ?? ''} ${view?.moment?.id ?? ''}`;

/** Milliseconds in the background after which a socket that looks open is not believed. */
const SLEPT = 8_000;
