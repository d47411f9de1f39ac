import type { Notice, Seat, View } from '@mend/core';

/** What the actor sees of a connection. Neither kind of peer holds rights: those are derived from the log. */

/** A seat's command channel. */
export interface ControlPeer {
  readonly seat: Seat;
  /** The highest `v` of a view that this client says it has been shown; never trusted for more than a line. */
  readonly seen?: number;
  view(view: View): void;
  saved(clientId: number, clock: number): void;
  notice(notice: Notice['body']): void;
}

/** A connection to the document. */
export interface DocumentPeer {
  readonly seat: Seat;
  send(frame: Uint8Array): void;
  /** Says why, and closes. `code` is stable; what comes after it on this connection is ignored. */
  deny(closeCode: number, code: string, sentence: string): void;
  /** Closes without a word: come back. */
  close(closeCode: number, reason: string): void;
}
