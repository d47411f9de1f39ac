/**
 * What waits until the log has it: nothing that would show an entry leaves before that entry is durable. Strictly in
 * order, also where sending one thing makes another be pushed.
 */
export interface Outbox {
  /** `send` runs once everything up to `seq` is durable; `drop` instead, if that never comes to be. */
  push(seq: number, send: () => void, drop?: () => void): void;
  durable(seq: number): void;
  /** Whatever waits, and whatever is pushed from now on, is dropped. */
  dropAll(): void;
}

interface Held {
  readonly seq: number;
  readonly send: () => void;
  readonly drop: (() => void) | undefined;
}

export function createOutbox(durableAtFirst: number): Outbox {
  let reached = durableAtFirst;
  let isSending = false;
  let isClosed = false;
  const held: Held[] = [];

  function sendWhatMay(): void {
    if (isSending) return;
    isSending = true;
    try {
      for (let next = held[0]; next && next.seq <= reached; next = held[0]) {
        held.shift();
        next.send();
      }
    } finally {
      isSending = false;
    }
  }

  return {
    push(seq, send, drop) {
      if (isClosed) {
        drop?.();
        return;
      }
      held.push({ seq, send, drop });
      sendWhatMay();
    },
    durable(seq) {
      reached = Math.max(reached, seq);
      sendWhatMay();
    },
    dropAll() {
      isClosed = true;
      for (const { drop } of held.splice(0)) drop?.();
    },
  };
}
