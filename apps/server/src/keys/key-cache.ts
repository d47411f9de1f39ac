import type { SessionId } from '@mend/core';
import type { DataKey } from './key-ring.ts';

/** As many sessions' unwrapped keys as a busy server has open at once, and not as many as it ever had. */
const LARGEST = 4096;

/** Unwrapped keys of the sessions that were used last. */
export class KeyCache {
  readonly #kept = new Map<SessionId, readonly DataKey[]>();
  readonly #largest: number;

  constructor(largest = LARGEST) {
    this.#largest = largest;
  }

  get(session: SessionId): readonly DataKey[] | undefined {
    const keys = this.#kept.get(session);
    if (keys !== undefined) {
      // A map keeps the order of insertion: the first one is the one that was not used for longest.
      this.#kept.delete(session);
      this.#kept.set(session, keys);
    }
    return keys;
  }

  set(session: SessionId, keys: readonly DataKey[]): void {
    this.#kept.set(session, keys);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#largest) return;
      this.#kept.delete(oldest);
    }
  }

  forget(session: SessionId): void {
    this.#kept.delete(session);
  }

  get size(): number {
    return this.#kept.size;
  }
}
