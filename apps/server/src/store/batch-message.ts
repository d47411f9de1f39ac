import type { SessionId } from '@mend/core';
import type { Operation } from './group-commit.ts';
import type { NewEntry } from './log-store.ts';
import { kindNumber, kindOfNumber } from './sqlite-row.ts';

/**
 * A batch on its way to the writer's thread. Crossing costs by the number of objects far more than by bytes, so a
 * batch goes as one list of plain values and one run of bytes.
 */
export interface BatchMessage {
  /** The operations one after the other, each as `write` below lays it out. */
  readonly plan: readonly (string | number)[];
  /** All bodies, in the order of the plan. */
  readonly bytes: Uint8Array;
}

const CREATE = 0;
const APPEND = 1;
const ERASE = 2;

export function packBatch(batch: readonly Operation[]): BatchMessage {
  const plan: (string | number)[] = [];
  let length = 0;
  for (const operation of batch) {
    write(plan, operation);
    if (operation.type === 'append') for (const { body } of operation.entries) length += body.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const operation of batch) {
    if (operation.type !== 'append') continue;
    for (const { body } of operation.entries) {
      bytes.set(body, at);
      at += body.length;
    }
  }
  return { plan, bytes };
}

function write(plan: (string | number)[], operation: Operation): void {
  switch (operation.type) {
    case 'create':
      plan.push(CREATE, operation.session, operation.at);
      return;
    case 'erase':
      plan.push(ERASE, operation.session);
      return;
    case 'append': {
      const { session, expect, doomed, after, entries } = operation;
      plan.push(APPEND, session, expect, doomed ? 1 : 0, after.length, ...after, entries.length);
      for (const { kind, at, body } of entries) plan.push(kindNumber(kind), at, body.length);
    }
  }
}

/** The same batch again. Its bodies share the message's memory. */
export function unpackBatch({ plan, bytes }: BatchMessage): readonly Operation[] {
  const batch: Operation[] = [];
  let next = 0;
  let at = 0;
  const number = (): number => Number(plan[next++]);
  const session = (): SessionId => String(plan[next++]) as SessionId;
  const list = <T>(read: () => T): readonly T[] => {
    const items: T[] = [];
    for (let left = number(); left > 0; left--) items.push(read());
    return items;
  };
  const entry = (): NewEntry => {
    const kind = kindOfNumber(number());
    if (kind === undefined) throw new Error('a batch that nobody packed');
    const when = number();
    const from = at;
    at += number();
    return { kind, at: when, body: bytes.subarray(from, at) };
  };
  while (next < plan.length) {
    switch (number()) {
      case CREATE:
        batch.push({ type: 'create', session: session(), at: number() });
        break;
      case ERASE:
        batch.push({ type: 'erase', session: session() });
        break;
      default:
        batch.push({
          type: 'append',
          session: session(),
          expect: number(),
          doomed: number() === 1,
          after: list(number),
          entries: list(entry),
        });
    }
  }
  return batch;
}
