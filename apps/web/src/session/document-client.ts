/**
 * The session's shared document on this device: connection, recovery, presence, and what is saved.
 *
 * After a refusal the document holds words that the server never takes, and Yjs has no way back from that. So the
 * words are kept as the writer's private draft, and everything begins again with a new document and a new clientID.
 */

import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { type Link, type LinkOptions, openLink } from './document-link.ts';
import type { Draft, Drafts } from './drafts.ts';
import { createListeners } from './listeners.ts';
import { type Clocks, type Piece, piecesSince, wordsSince } from './own-words.ts';
import type { PageSignals } from './page-signals.ts';
import { type Present, presentSeats, samePresence } from './presence.ts';

/**
 * - `connecting`: for the first time;
 * - `live`: in sync with the server;
 * - `reconnecting`: was live; the holder may go on writing;
 * - `offline`: not connected, and the browser says that there is no network;
 * - `refused`: the server took something not; a new document is fetched, and nothing can be written until it is there;
 * - `erased`: the session was erased. For good;
 * - `gone`: this seat, or the session, is not there any more. For good.
 */
export type DocumentStatus =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'offline'
  | 'refused'
  | 'erased'
  | 'gone';

/** Everything a screen may want to know; the same object until something of it changes. */
export interface DocumentView {
  readonly status: DocumentStatus;
  /** Whether this document has had its first sync. A fresh one must not be written in before. */
  readonly synced: boolean;
  /** Whether the server has everything that was written here, deletions too. */
  readonly saved: boolean;
  /** Counts the documents: when it changes, texts must be taken and bound anew. */
  readonly generation: number;
  /** The pen is a clientID's. */
  readonly clientId: number;
  /** The other seats that are connected; while this device is not, those that were. */
  readonly present: readonly Present[];
}

export interface Refusal {
  readonly closeCode: number;
  /** What the reason begins with, such as `not-your-turn`; empty where the server gave none. */
  readonly code: string;
  readonly reason: string;
  /** The words that are not on the server as far as is known now; corrected in the drafts after the next sync. */
  readonly drafts: readonly Draft[];
}

export interface UnsavedWords {
  readonly turn: string;
  readonly words: string;
  /** The turn's whole text as it is here. */
  readonly whole: string;
}

export interface DocumentClientOptions extends LinkOptions {
  readonly drafts: Drafts;
  readonly page?: PageSignals;
  /** After the words were saved as drafts, and the new document is in place. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** The first wait after `too fast`, in milliseconds; doubles up to 30 s. */
  readonly slowDown?: number;
}

export interface DocumentClient {
  view(): DocumentView;
  subscribe(listener: () => void): () => void;
  /** Before a document is given up: the moment to flush what is bound to it into it, and to lock the field. */
  beforeLeaving(listener: () => void): () => void;
  /** The document of the present generation. */
  doc(): Y.Doc;
  textOf(turn: string): Y.Text;
  /** Base64 of `Y.encodeStateVector`, for `turn.done`. It says nothing of deletions: `whenSaved` first. */
  stateVector(): string;
  /** The control channel's `saved`. One for another clientID changes nothing. */
  saved(clientId: number, clock: number): void;
  /** Drafts of words that the server had, and lost. */
  lost(): readonly string[];
  isSaved(): boolean;
  /** Words that stand in a turn's text here and are not known to be durable, turn by turn. */
  unsavedWords(): readonly UnsavedWords[];
  /** Asks at once, and resolves with true as soon as everything is saved, or with false after `within` milliseconds. */
  whenSaved(within: number): Promise<boolean>;
  /** Resolves with true once everything that the server had at the time of the call is here. */
  refresh(within: number): Promise<boolean>;
  /** As after waking: connects at once, or asks the server for a sign. */
  wake(): void;
  destroy(): void;
}

/** A document's own words at its end, to be compared with what the server turns out to have. */
interface Left {
  readonly draft: string;
  readonly pieces: readonly Piece[];
}

/** Milliseconds without a refusal after which the next one is answered at once again. */
const CALM = 60_000;
const LONGEST_WAIT = 30_000;
/** How long the close may be late that belongs to a denial, in milliseconds. */
const CLOSE_WITHIN = 2_000;

export function createDocumentClient(options: DocumentClientOptions): DocumentClient {
  const { drafts, page, onRefused, slowDown = 2_000 } = options;
  const listeners = createListeners();
  const leaving = createListeners();
  /** Every clientID that this seat has written with, on whichever device. */
  const ownIds = new Set<number>();

  let generation = 0;
  let link: Link = open();
  let status: DocumentStatus = 'connecting';
  let wasLive = false;
  let synced = false;
  let refused = false;
  let ended: 'erased' | 'gone' | 'destroyed' | null = null;
  let present: readonly Present[] = [];
  let left: readonly Left[] = [];
  let lost: readonly string[] = [];
  let denial: { readonly reason: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let setbacks = 0;
  let lastSetback = 0;
  let view: DocumentView = look();

  function open(): Link {
    const number = generation;
    const current = (): boolean => number === generation && ended === null;
    const opened = openLink(options, {
      onChange: () => current() && changed(),
      onDenied: (reason) => current() && denied(reason),
      onClosed: (code, reason) => current() && closed(code, reason),
      onBehind: () => current() && rebuild(0, 'behind: the server has lost words that it had shown'),
      onForeign: () => current() && rebuild(0, 'foreign-client: the document has another clientID'),
    });
    ownIds.add(opened.clientId);
    opened.provider.awareness.on('change', () => current() && changed());
    return opened;
  }

  function look(): DocumentView {
    return { status, synced, saved: link.mark.isSaved(), generation, clientId: link.clientId, present };
  }

  function statusNow(): DocumentStatus {
    if (ended === 'erased' || ended === 'gone') return ended;
    if (link.isLive()) return 'live';
    if (refused) return 'refused';
    if (page?.online() === false) return 'offline';
    return wasLive ? 'reconnecting' : 'connecting';
  }

  function changed(): void {
    if (link.isLive()) {
      wasLive = true;
      if (!synced) firstSync();
      const now = presentSeats(link.provider.awareness.getStates(), link.clientId);
      if (!samePresence(now, present)) present = now;
    }
    status = statusNow();
    const next = look();
    const same =
      next.status === view.status &&
      next.synced === view.synced &&
      next.saved === view.saved &&
      next.generation === view.generation &&
      next.clientId === view.clientId &&
      next.present === view.present;
    if (same) return;
    view = next;
    listeners.tell();
  }

  function firstSync(): void {
    synced = true;
    refused = false;
    // The server's own count of what it took of the documents before: now it is known to the letter.
    const known = Y.decodeStateVector(Y.encodeStateVector(link.doc));
    for (const { draft, pieces } of left) drafts.revise(draft, wordsSince(pieces, known));
    left = [];
  }

  function denied(reason: string): void {
    if (denial !== null) clearTimeout(denial.timer);
    denial = { reason, timer: setTimeout(() => closed(4403, reason), CLOSE_WITHIN) };
  }

  function closed(code: number, closeReason: string): void {
    const reason = denial?.reason ?? closeReason;
    forgetDenial();
    switch (code) {
      case 4401:
        end('gone');
        break;
      case 4410:
        end('erased');
        break;
      case 4429:
        connectIn(setback(slowDown));
        changed();
        break;
      default:
        rebuild(code, reason);
    }
  }

  function forgetDenial(): void {
    if (denial !== null) clearTimeout(denial.timer);
    denial = null;
  }

  /** How long to wait before the next attempt: longer from one setback to the next, with jitter. */
  function setback(first: number): number {
    const now = Date.now();
    setbacks = now - lastSetback > CALM ? 0 : setbacks + 1;
    lastSetback = now;
    return Math.min(first * 2 ** setbacks, LONGEST_WAIT) * (0.75 + 0.25 * Math.random());
  }

  function connectIn(wait: number): void {
    clearTimeout(retry);
    const { connect } = link;
    retry = setTimeout(connect, wait);
  }

  function end(as: 'erased' | 'gone'): void {
    leaving.tell();
    // What was erased is not kept anywhere, unsent words included: whoever wrote them has them on the screen still.
    if (as === 'gone') saveUnsaved();
    clearTimeout(retry);
    link.close();
    ended = as;
    changed();
  }

  function rebuild(closeCode: number, reason: string): void {
    forgetDenial();
    clearTimeout(retry);
    leaving.tell();
    const kept = saveUnsaved();
    const old = link;
    generation += 1;
    refused = true;
    synced = false;
    link = open();
    old.destroy();
    // The first time at once; a client that is refused again and again must not knock without end.
    const wait = setback(500);
    if (setbacks === 0) link.connect();
    else connectIn(wait);
    changed();
    onRefused?.({ closeCode, code: codeOf(reason), reason, drafts: kept });
  }

  function saveUnsaved(): readonly Draft[] {
    const behind = link.behind();
    const kept = piecesSince(link.doc, accepted(behind)).flatMap(({ turn, whole, pieces }) => {
      const words = wordsSince(pieces, new Map());
      const draft = drafts.save({ turn, words, whole, wasShown: behind !== null });
      if (draft === null) return [];
      left = [...left, { draft: draft.id, pieces }];
      return [draft];
    });
    if (behind !== null) lost = [...lost, ...kept.map(({ id }) => id)];
    return kept;
  }

  /** A server that lost words may have lost some of every connection that this seat ever had. */
  function accepted(behind: Clocks | null): Clocks {
    const others = behind === null ? [] : [...ownIds].map((id) => [id, behind.get(id) ?? 0] as const);
    return new Map([...others, [link.clientId, link.mark.accepted()]]);
  }

  const wake = (): void => link.wake();
  const stopListening = [
    page?.onWake(() => {
      changed();
      wake();
    }),
    page?.onOffline(() => {
      changed();
      wake();
    }),
  ];
  link.connect();

  return {
    view: () => view,
    subscribe: listeners.add,
    beforeLeaving: leaving.add,
    doc: () => link.doc,
    textOf: (turn) => link.doc.getText(`turn:${turn}`),
    stateVector: () => toBase64(Y.encodeStateVector(link.doc)),
    saved(clientId, clock) {
      ownIds.add(clientId);
      if (clientId !== link.clientId) return;
      link.mark.acknowledge(clock);
      changed();
    },
    lost: () => lost,
    isSaved: () => link.mark.isSaved(),
    unsavedWords() {
      const { doc, clientId, mark } = link;
      const since = new Map([[clientId, mark.durable()]]);
      return piecesSince(doc, since).map(({ turn, whole, pieces }) => ({
        turn,
        whole,
        words: wordsSince(pieces, new Map()),
      }));
    },
    async whenSaved(within) {
      const { mark, ask } = link;
      if (mark.isSaved()) return true;
      return new Promise((resolve) => {
        const finish = (outcome: boolean): void => {
          clearTimeout(timer);
          stop();
          resolve(outcome);
        };
        const timer = setTimeout(() => finish(false), within);
        const stop = listeners.add(() => {
          // Another document saved nothing of this one.
          if (mark !== link.mark || ended !== null) finish(false);
          else if (mark.isSaved()) finish(true);
        });
        void ask(within);
      });
    },
    refresh: (within) => link.ask(within),
    wake,
    destroy() {
      if (ended === 'destroyed') return;
      ended = 'destroyed';
      for (const stop of stopListening) stop?.();
      clearTimeout(retry);
      forgetDenial();
      link.destroy();
    },
  };
}

/** `not-your-turn: the floor is held by …` */
const codeOf = (reason: string): string => /^[a-z0-9-]+/.exec(reason)?.[0] ?? '';
