/**
 * The session's control channel on this device: the view of this seat, and the commands it gives.
 *
 * Every command carries an id and is sent again after a reconnect until it is answered. The server knows the id, so
 * an answer that was lost costs nothing, and the effect comes once.
 */

import type { Command, RefusalCode, View } from '@mend/core';
import type { NoticeMessage, SavedMessage } from '@mend/protocol';
import type { ControlWire, OpenWire } from './control-wire.ts';
import { createListeners } from './listeners.ts';
import { uuid } from './uuid.ts';

/** `refused`: this seat is not there any more. For good. */
export type ControlStatus = 'connecting' | 'live' | 'reconnecting' | 'refused';

/** `no-answer`: none in time, or the channel ended; the command may have had its effect or not. */
export type SaidCode = RefusalCode | 'no-answer';

export type Said = { readonly ok: true } | { readonly ok: false; readonly code: SaidCode };

export interface SayOptions {
  /** Milliseconds. */
  readonly within?: number;
  /** Stops asking; the command may have had its effect all the same. */
  readonly signal?: AbortSignal;
}

export interface ControlClient {
  status(): ControlStatus;
  view(): View | null;
  /** Told when the status or the view is another. */
  subscribe(listener: () => void): () => void;
  onSaved(listener: (saved: SavedMessage) => void): () => void;
  onNotice(listener: (notice: NoticeMessage) => void): () => void;
  /** Resolves once the view that shows the effect is here, or with the reason why there is none. Never throws. */
  say(command: Command, options?: SayOptions): Promise<Said>;
  /** Connects anew at once: the page may have slept, and a socket that looks open may be dead. */
  restart(): void;
  destroy(): void;
}

interface Pending {
  readonly command: Command;
  /** The view that shows the effect, once the server has said so. */
  awaits: number | null;
  finish(said: Said): void;
}

const ANSWER_WITHIN = 12_000;
/** The view comes with the answer, or right after; nobody is kept waiting for it longer than this. */
const VIEW_WITHIN = 1_500;
const COME_BACK_AFTER = 1_000;
const LONGEST_WAIT = 15_000;

export function createControlClient(openWire: OpenWire): ControlClient {
  const listeners = createListeners();
  const savedListeners = createListeners<[SavedMessage]>();
  const noticeListeners = createListeners<[NoticeMessage]>();
  const pending = new Set<Pending>();
  let status: ControlStatus = 'connecting';
  let view: View | null = null;
  let ended = false;
  let setbacks = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const wire: ControlWire = openWire({
    connected() {
      setbacks = 0;
      clearTimeout(retry);
      become('live');
      for (const one of pending) send(one);
    },
    disconnected({ lasting }) {
      become('reconnecting');
      if (lasting) comeBack();
    },
    rejected(reason) {
      if (reason === 'unauthorized') end('refused');
      else comeBack();
    },
    view(next) {
      view = next;
      // Nobody has a seat in what was erased: knocking again would only be answered with no.
      if (next.phase === 'erased') clearTimeout(retry);
      for (const one of pending) {
        if (one.awaits !== null && next.v >= one.awaits) one.finish({ ok: true });
      }
      listeners.tell();
    },
    saved: savedListeners.tell,
    notice: noticeListeners.tell,
  });

  function become(next: ControlStatus): void {
    if (ended || status === next) return;
    status = next;
    listeners.tell();
  }

  function comeBack(): void {
    clearTimeout(retry);
    if (ended || view?.phase === 'erased') return;
    const wait = Math.min(COME_BACK_AFTER * 2 ** setbacks, LONGEST_WAIT) * (0.75 + 0.25 * Math.random());
    setbacks += 1;
    retry = setTimeout(wire.open, wait);
  }

  function end(as: 'refused' | null): void {
    if (ended) return;
    if (as !== null) become(as);
    ended = true;
    clearTimeout(retry);
    wire.close();
    for (const one of pending) one.finish({ ok: false, code: 'no-answer' });
  }

  function send(one: Pending): void {
    if (one.awaits !== null) return;
    wire.send(one.command, (answer) => {
      if (!pending.has(one)) return;
      if (!answer.ok) one.finish({ ok: false, code: answer.error.code });
      else if (view !== null && view.v >= answer.v) one.finish({ ok: true });
      else {
        one.awaits = answer.v;
        setTimeout(() => one.finish({ ok: true }), VIEW_WITHIN);
      }
    });
  }

  wire.open();

  return {
    status: () => status,
    view: () => view,
    subscribe: listeners.add,
    onSaved: savedListeners.add,
    onNotice: noticeListeners.add,
    say(command, { within = ANSWER_WITHIN, signal } = {}) {
      if (ended || signal?.aborted) return Promise.resolve({ ok: false, code: 'no-answer' });
      return new Promise((resolve) => {
        const giveUp = (): void => one.finish({ ok: false, code: 'no-answer' });
        const timer = setTimeout(giveUp, within);
        const one: Pending = {
          command: { ...command, id: command.id ?? uuid() },
          awaits: null,
          finish(said) {
            clearTimeout(timer);
            signal?.removeEventListener('abort', giveUp);
            pending.delete(one);
            resolve(said);
          },
        };
        signal?.addEventListener('abort', giveUp);
        pending.add(one);
        if (wire.isConnected()) send(one);
      });
    },
    restart() {
      if (ended || view?.phase === 'erased') return;
      clearTimeout(retry);
      wire.open();
    },
    destroy: () => end(null),
  };
}
