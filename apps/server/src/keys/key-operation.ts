import type { SessionId } from '@mend/core';
import type { WriteFault } from '../store/log-store.ts';
import { writeFaultOf } from '../store/sqlite-error.ts';
import type { KeyTable } from './key-table.ts';
import { isWiped } from './master-key.ts';

/** What is asked of the keys' writer. Plain data: it crosses to the writer's thread. */
export type KeyOperation =
  | { readonly type: 'make'; readonly session: SessionId; readonly wrapped: Uint8Array }
  | { readonly type: 'renew'; readonly session: SessionId; readonly wrapped: Uint8Array }
  | { readonly type: 'destroy'; readonly session: SessionId }
  | { readonly type: 'destroy-before'; readonly session: SessionId; readonly number: number }
  | { readonly type: 'finish'; readonly session: SessionId };

/** `waiting`: done, and what was destroyed is not yet out of the files. */
export type KeyAnswer =
  | { readonly ok: true; readonly done: 'ready' | 'destroyed' | 'wiped' | 'waiting' }
  | { readonly ok: false; readonly error: WriteFault };

/** Does one, inside a transaction. `wiped` stands for: destroyed, as soon as the WAL is truncated. */
export function carryOut(table: KeyTable, operation: KeyOperation): 'ready' | 'destroyed' | 'wiped' {
  const { session } = operation;
  switch (operation.type) {
    case 'make':
    case 'renew': {
      const keys = table.ofSession(session);
      const live = keys.filter(({ wrapped }) => !isWiped(wrapped)).length;
      if (live === 0 && (keys.length > 0 || operation.type === 'renew')) return 'destroyed';
      if (live > 0 && operation.type === 'make') return 'ready';
      table.add(session, operation.wrapped);
      if (operation.type === 'renew') table.mark(session);
      return 'ready';
    }
    case 'destroy':
      if (table.wipe(session, Number.MAX_SAFE_INTEGER) > 0) table.mark(session);
      return 'wiped';
    case 'destroy-before': {
      table.wipe(session, operation.number);
      const live = table.ofSession(session).filter(({ wrapped }) => !isWiped(wrapped));
      if (live.length < 2) table.unmark(session);
      return 'wiped';
    }
    case 'finish':
      table.unmark(session);
      return 'ready';
  }
}

export const refused = (error: unknown): KeyAnswer => ({ ok: false, error: writeFaultOf(error) });
