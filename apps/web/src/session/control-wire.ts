/** The control channel over Socket.IO: the only file that knows the library. */

import type { Command, View } from '@mend/core';
import type { CommandAck, ControlServerEvents, NoticeMessage, SavedMessage } from '@mend/protocol';
import { io, type Socket } from 'socket.io-client';

interface Said {
  command: (command: Command, answered: (answer: CommandAck) => void) => void;
}

export interface WireEvents {
  connected(): void;
  /** `lasting`: the wire does not come back by itself. */
  disconnected(how: { readonly lasting: boolean }): void;
  /** The server did not let this connection in, for this reason. The wire does not try again by itself. */
  rejected(reason: string): void;
  view(view: View): void;
  saved(saved: SavedMessage): void;
  notice(notice: NoticeMessage): void;
}

export interface ControlWire {
  isConnected(): boolean;
  /** Opens, or opens anew at once whatever it was doing. */
  open(): void;
  /** Only while connected; an answer that is lost with the connection never comes. */
  send(command: Command, answered: (answer: CommandAck) => void): void;
  close(): void;
}

export type OpenWire = (events: WireEvents) => ControlWire;

/** @param auth what the seat is known by; without a token the browser's cookie speaks for it */
export const socketWire =
  (
    origin: string,
    auth: { readonly session: string } | { readonly token: string },
    { forceNew = true }: { readonly forceNew?: boolean } = {},
  ): OpenWire =>
  (events) => {
    let seen: number | undefined;
    const socket: Socket<ControlServerEvents, Said> = io(origin, {
      // Where the server comes back with less than it had shown, this is how it gets to know.
      auth: (say) => say(seen === undefined ? auth : { ...auth, seen }),
      autoConnect: false,
      forceNew,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 250,
      reconnectionDelayMax: 2_500,
      timeout: 8_000,
    });
    socket.on('connect', events.connected);
    let reopening = false;
    socket.on('disconnect', () => events.disconnected({ lasting: !socket.active && !reopening }));
    socket.on('connect_error', ({ message }) => {
      if (!socket.active) events.rejected(message);
    });
    socket.on('view', (view) => {
      seen = view.v;
      events.view(view);
    });
    socket.on('saved', events.saved);
    socket.on('notice', events.notice);
    return {
      isConnected: () => socket.connected,
      open() {
        // The library's own backoff goes on through a `connect` alone.
        reopening = true;
        socket.disconnect();
        reopening = false;
        socket.connect();
      },
      send: (command, answered) => {
        socket.emit('command', command, answered);
      },
      close: () => {
        socket.disconnect();
      },
    };
  };
