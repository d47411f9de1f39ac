/** A control wire with no network: the test is the server. */

import type { Command, View } from '@mend/core';
import type { CommandAck } from '@mend/protocol';
import type { ControlWire, OpenWire, WireEvents } from './control-wire.ts';

export interface FakeWire {
  readonly open: OpenWire;
  /** What was sent over any connection, in order. */
  readonly sent: { readonly command: Command; readonly answer: (ack: CommandAck) => void }[];
  /** How often it was opened. */
  readonly opened: number;
  readonly closed: boolean;
  connect(): void;
  drop(lasting?: boolean): void;
  events(): WireEvents;
}

export function createFakeWire(): FakeWire {
  let events: WireEvents | null = null;
  let connected = false;
  let connection = 0;
  const wire = {
    sent: [] as { command: Command; answer: (ack: CommandAck) => void }[],
    opened: 0,
    closed: false,
    open(given: WireEvents): ControlWire {
      events = given;
      return {
        isConnected: () => connected,
        open: () => {
          wire.opened += 1;
        },
        send(command, answered) {
          const sentOver = connection;
          // An answer that comes after its connection is gone reaches nobody.
          wire.sent.push({ command, answer: (ack) => sentOver === connection && connected && answered(ack) });
        },
        close: () => {
          wire.closed = true;
          connected = false;
        },
      };
    },
    events(): WireEvents {
      if (events === null) throw new Error('The wire was never opened.');
      return events;
    },
    connect() {
      connected = true;
      connection += 1;
      wire.events().connected();
    },
    drop(lasting = false) {
      connected = false;
      wire.events().disconnected({ lasting });
    },
  };
  return wire;
}

/** A live session in which nothing runs, as the first partner sees it. */
export function sampleView(change: Partial<View> = {}): View {
  return {
    v: 1,
    phase: 'live',
    you: 'partnerA',
    seats: [
      { seat: 'partnerA', name: 'Sam', admitted: true, ready: true },
      { seat: 'partnerB', name: 'Alex', admitted: true },
    ],
    withCounsellor: false,
    match: null,
    keep: null,
    exercise: null,
    exerciseTitle: null,
    parts: null,
    progress: null,
    moment: null,
    floor: { status: 'open', holder: null, turn: null, pen: null },
    turns: [],
    answers: [],
    promises: [],
    lines: [],
    behind: null,
    hands: [],
    pause: null,
    sealedAt: null,
    decideBy: null,
    signals: ['with-you', 'slower', 'a-turn', 'a-pause'],
    may: [],
    ...change,
  };
}
