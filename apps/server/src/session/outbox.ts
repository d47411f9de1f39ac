/**
 * What waits until the log has it: nothing that would show an entry leaves before that entry is durable. Kept in
 * order; what waits for nothing goes at once.
 */
export interface Outbox {
  /** `send` runs once everything up to `seq` is durable; `drop` instead, if that never comes to be. */
  push(seq: number, send: () => void, drop?: () => void): void;
  durable(seq: number): void;
  dropAll(): void;
}

interface Held {
  readonly seq: number;
  readonly send: () => void;
  readonly drop: (() => void) | undefined;
}

export function createOutbox(durableAtFirst: number): Outbox {
  let reached = durableAtFirst;
  let held: Held[] = [];
  return {
    push(seq, send, drop) {
      if (seq <= reached && held.length === 0) send();
      else held.push({ seq, send, drop });
    },
    durable(seq) {
      reached = Math.max(reached, seq);
      const blocked = held.findIndex((one) => one.seq > reached);
      const ready = blocked < 0 ? held : held.slice(0, blocked);
      held = blocked < 0 ? [] : held.slice(blocked);
      for (const { send } of ready) send();
    },
    dropAll() {
      const dropped = held;
      held = [];
      for (const { drop } of dropped) drop?.();
    },
  };
}
