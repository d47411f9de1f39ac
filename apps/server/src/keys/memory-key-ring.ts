import { generateKeySync } from 'node:crypto';
import { err, ok, type Result, type SessionId } from '@mend/core';
import type { WriteFault } from '../store/log-store.ts';
import type { DataKey, KeyRing } from './key-ring.ts';

/** What a ring without files keeps its keys in. Given to a second ring, it plays a restart. */
export interface MemoryKeys {
  readonly keys: Map<SessionId, readonly DataKey[]>;
  readonly unfinished: Set<SessionId>;
  made: number;
}

export const noKeys = (): MemoryKeys => ({ keys: new Map(), unfinished: new Set(), made: 0 });

/** Keys that end with the process, for a store that does: so that both kinds of store run the same code. */
export function createMemoryKeyRing(kept: MemoryKeys = noKeys()): KeyRing {
  let closed = false;
  const writing = async <T>(write: () => T): Promise<Result<T, WriteFault>> =>
    closed ? err('closed') : ok(write());

  function add(session: SessionId, keys: readonly DataKey[]): void {
    kept.made += 1;
    kept.keys.set(session, [...keys, { number: kept.made, key: generateKeySync('aes', { length: 256 }) }]);
  }

  return {
    keysOf: (session) => ok(kept.keys.get(session) ?? []),
    make: (session) =>
      writing(() => {
        const keys = kept.keys.get(session);
        if (keys === undefined) add(session, []);
        return keys?.length === 0 ? 'destroyed' : 'ready';
      }),
    renew: (session) =>
      writing(() => {
        const keys = kept.keys.get(session) ?? [];
        if (keys.length === 0) return 'destroyed';
        add(session, keys);
        kept.unfinished.add(session);
        return 'ready';
      }),
    destroy: (session) =>
      writing(() => {
        if (!kept.keys.has(session)) return 'wiped';
        kept.keys.set(session, []);
        kept.unfinished.add(session);
        return 'wiped';
      }),
    destroyBefore: (session, number) =>
      writing(() => {
        const left = (kept.keys.get(session) ?? []).filter((each) => each.number >= number);
        if (kept.keys.has(session)) kept.keys.set(session, left);
        if (left.length < 2) kept.unfinished.delete(session);
        return 'wiped';
      }),
    unfinished: () => ok([...kept.unfinished]),
    finish: (session) =>
      writing(() => {
        kept.unfinished.delete(session);
        return null;
      }),
    ping: async () => !closed,
    close: async () => {
      closed = true;
    },
  };
}
