import type { Command, RefusalCode, Seat, Signal, View } from '@mend/core';

/** Answer to a command: `v` is the view of this seat that shows the effect. */
export type CommandAck =
  | { readonly ok: true; readonly v: number }
  | { readonly ok: false; readonly error: { readonly code: RefusalCode; readonly message: string } };

/** A writer's own words are durable up to this clock of its clientID. */
export interface SavedMessage {
  readonly clientId: number;
  readonly clock: number;
}

export type NoticeMessage =
  | { readonly type: 'signal'; readonly from: Seat; readonly kind: Signal }
  | { readonly type: 'line'; readonly from: Seat; readonly text: string };

export interface ControlClientEvents {
  command: (command: Command, ack: (answer: CommandAck) => void) => void;
}

export interface ControlServerEvents {
  view: (view: View) => void;
  saved: (saved: SavedMessage) => void;
  notice: (notice: NoticeMessage) => void;
}
