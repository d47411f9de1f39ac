/**
 * One Y.Doc and its connection. A document is never repaired: when the server refuses something of it, the client
 * takes another link, with another clientID.
 */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readAuthMessage } from 'y-protocols/auth';
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync';
import { messageAuth, messageQueryAwareness, messageSync, WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type LivenessTimes, watchLiveness } from './liveness.ts';
import type { Clocks } from './own-words.ts';
import { createSavedMark, type SavedMark } from './saved-mark.ts';

/** The longest wait between two attempts to connect, in milliseconds. */
const LONGEST_WAIT = 2_500;

/** A frame over the WebSocket layer's limit: it would be sent again, and refused again, for ever. */
const FRAME_TOO_LARGE = 1009;

export interface LinkOptions {
  /** The socket's origin and `/sync`. */
  readonly serverUrl: string;
  readonly sessionId: string;
  /** Without one the browser's cookie speaks for the seat. */
  readonly token?: string;
  readonly WebSocketPolyfill?: typeof WebSocket;
  readonly liveness?: Partial<LivenessTimes>;
  /** Milliseconds of calm after which the server is asked whether what is unsaved is saved by now. */
  readonly confirmAfter?: number;
}

export interface LinkEvents {
  /** Connected, in sync, saved or not: look again. */
  onChange(): void;
  /** The server's reason for what it is about to close for: a code, a colon, a sentence. */
  onDenied(reason: string): void;
  /** The server closed for good, with a code from 4400 to 4499, or 1009. */
  onClosed(code: number, reason: string): void;
  /** The server knows less of others' words than this document, which it will never take as it is. */
  onBehind(): void;
  /** Yjs gave the document another clientID, under which the server takes nothing from this connection. */
  onForeign(): void;
}

export interface Link {
  readonly doc: Y.Doc;
  readonly clientId: number;
  readonly mark: SavedMark;
  readonly provider: WebsocketProvider;
  /** What the server had at the beginning of this connection, where that was less than it had shown; else null. */
  behind(): Clocks | null;
  /** Whether the connection is open and the server's text was received over it. */
  isLive(): boolean;
  connect(): void;
  /** As after waking from sleep. */
  wake(): void;
  /** Asks what is saved, and resolves with the answer: false if none came. */
  ask(within: number): Promise<boolean>;
  /** Ends the connection; the document can still be read. */
  close(): void;
  destroy(): void;
}

export function openLink(options: LinkOptions, events: LinkEvents): Link {
  const { serverUrl, sessionId, token, WebSocketPolyfill, confirmAfter = 1_500 } = options;
  const doc = new Y.Doc();
  const clientId = doc.clientID;
  const mark = createSavedMark(doc);
  const provider = new WebsocketProvider(serverUrl, sessionId, doc, {
    connect: false,
    // Two tabs of one browser would sync past the server, and send each other's words.
    disableBc: true,
    params: token === undefined ? {} : { token },
    shouldReconnect: ({ code }) => !(code >= 4400 && code < 4500) && code !== FRAME_TOO_LARGE,
    ...(WebSocketPolyfill ? { WebSocketPolyfill } : {}),
  });
  const liveness = watchLiveness({
    provider,
    ask: askForLife,
    ...(options.liveness ? { times: options.liveness } : {}),
  });

  /** SyncStep1s sent and answered over this connection, y-websocket's own at its beginning included. */
  let asked = 0;
  let answered = 0;
  let waiting: readonly { readonly number: number; readonly done: (answered: boolean) => void }[] = [];
  let confirming: ReturnType<typeof setTimeout> | undefined;
  let confirmWait = confirmAfter;
  let open = true;
  let greeted = false;
  let durableBefore = 0;
  let behind: Clocks | null = null;

  const isLive = (): boolean => provider.wsconnected && provider.synced;

  function send(write: (encoder: encoding.Encoder) => void): void {
    const { ws } = provider;
    if (!provider.wsconnected || ws === null || ws.readyState !== ws.OPEN) return;
    const encoder = encoding.createEncoder();
    write(encoder);
    ws.send(encoding.toUint8Array(encoder));
  }

  /** A connection that never got an answer to its first question asks that one again. */
  function askForLife(): void {
    if (provider.synced) send((encoder) => encoding.writeVarUint(encoder, messageQueryAwareness));
    else sendQuestion();
  }

  function sendQuestion(): void {
    asked += 1;
    send((encoder) => {
      encoding.writeVarUint(encoder, messageSync);
      encoding.writeVarUint(encoder, messageYjsSyncStep1);
      encoding.writeVarUint8Array(encoder, mark.question());
    });
  }

  function settle(isSettled: (number: number) => boolean, outcome: boolean): void {
    const done = waiting.filter(({ number }) => isSettled(number));
    waiting = waiting.filter(({ number }) => !isSettled(number));
    for (const one of done) one.done(outcome);
  }

  /** Asks what is saved once nothing was written for a while, and less and less often. */
  function confirmSoon(): void {
    clearTimeout(confirming);
    if (!open || mark.isSaved()) return;
    confirming = setTimeout(() => {
      if (isLive()) sendQuestion();
      confirmWait = Math.min(confirmWait * 2, 30_000);
      confirmSoon();
    }, confirmWait);
  }

  /**
   * The server's first word on a connection is what it has. Whatever came over an earlier one was durable by then, so
   * where some of it is missing the server was put back to an earlier time. Answers whether to go on.
   */
  function greet(has: Clocks): boolean {
    const own = has.get(clientId) ?? 0;
    const here = Y.decodeStateVector(Y.encodeStateVector(doc));
    const lost = [...here].some(([client, clock]) => client !== clientId && clock > (has.get(client) ?? 0));
    behind = lost || own < durableBefore ? has : null;
    mark.greet(own, durableBefore);
    if (lost) queueMicrotask(events.onBehind);
    return !lost;
  }

  function onSync(decoder: decoding.Decoder, handle: () => void): void {
    const ahead = decoding.clone(decoder);
    const type = decoding.readVarUint(ahead);
    const payload = decoding.readVarUint8Array(ahead);
    if (type === messageYjsSyncStep1 && !greeted) {
      greeted = true;
      // An answer would hold others' words, which this connection may not send.
      if (!greet(Y.decodeStateVector(payload))) return;
    }
    handle();
    if (type === messageYjsSyncStep1) mark.accept(Y.decodeStateVector(payload).get(clientId) ?? 0);
    if (type !== messageYjsSyncStep2) return;
    mark.learn(payload);
    answered += 1;
    settle((number) => number <= answered, true);
    events.onChange();
  }

  provider.messageHandlers = provider.messageHandlers.map((handle, type) => (encoder, decoder, ...rest) => {
    liveness.heard();
    if (type === messageAuth) readAuthMessage(decoder, doc, (_, reason) => events.onDenied(reason));
    else if (type === messageSync) onSync(decoder, () => handle(encoder, decoder, ...rest));
    else handle(encoder, decoder, ...rest);
  });

  provider.on('connection-close', () => {
    // Jitter: y-websocket waits for the lesser of its own doubling wait and this.
    const doubling = 100 * 2 ** (provider.wsUnsuccessfulReconnects + 1);
    provider.maxBackoffTime = Math.min(doubling, LONGEST_WAIT) * (0.6 + 0.4 * Math.random());
    settle(() => true, false);
  });
  provider.on('status', ({ status }) => {
    // y-websocket sends its own SyncStep1 right after saying that it is connected.
    asked = 1;
    answered = 0;
    greeted = false;
    durableBefore = mark.durable();
    if (status === 'disconnected') forgetOthers();
    else liveness.heard();
    events.onChange();
  });
  provider.on('sync', () => {
    confirmWait = confirmAfter;
    confirmSoon();
    events.onChange();
  });
  provider.on('closed', ({ code, reason }) => events.onClosed(code, reason));

  /** An awareness entry with a clock that was seen before is not taken, and the server says the same ones again. */
  function forgetOthers(): void {
    for (const id of [...provider.awareness.meta.keys()]) {
      if (id !== clientId) provider.awareness.meta.delete(id);
    }
  }

  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local) return;
    confirmWait = confirmAfter;
    confirmSoon();
    events.onChange();
  });
  // After everything else of the transaction, when Yjs has given the new clientID.
  doc.on('afterAllTransactions', () => {
    if (doc.clientID !== clientId) queueMicrotask(events.onForeign);
  });

  function close(): void {
    if (!open) return;
    open = false;
    clearTimeout(confirming);
    liveness.destroy();
    settle(() => true, false);
    // The provider says goodbye under the document's clientID, and must find the one it knows.
    doc.clientID = clientId;
    provider.destroy();
  }

  return {
    doc,
    clientId,
    mark,
    provider,
    behind: () => behind,
    isLive,
    connect: () => provider.connect(),
    wake: liveness.wake,
    ask(within) {
      if (!isLive()) return Promise.resolve(false);
      sendQuestion();
      const number = asked;
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle((one) => one === number, false), within);
        waiting = [
          ...waiting,
          {
            number,
            done(answer) {
              clearTimeout(timer);
              resolve(answer);
            },
          },
        ];
      });
    },
    close,
    destroy() {
      close();
      mark.destroy();
      doc.destroy();
    },
  };
}
