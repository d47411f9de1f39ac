import { setTimeout } from 'node:timers/promises';
import { room, type SessionId } from '@mend/core';
import type {
  AppendOutcome,
  AppendRequest,
  CannotWrite,
  CreateOutcome,
  EraseOutcome,
  NewEntry,
} from './log-store.ts';

/** What is asked of a writer. Plain data: it crosses to the writer's thread. */
export type Operation =
  | { readonly type: 'create'; readonly session: SessionId; readonly at: number }
  | {
      readonly type: 'append';
      readonly session: SessionId;
      readonly expect: number;
      readonly entries: readonly NewEntry[];
      /** Indexes in the same batch of the appends this one builds on: it falls with any of them. */
      readonly after: readonly number[];
      /** One that it builds on has fallen already. */
      readonly doomed: boolean;
    }
  | { readonly type: 'erase'; readonly session: SessionId };

export type Answer =
  | { readonly type: 'create'; readonly outcome: CreateOutcome }
  | { readonly type: 'append'; readonly outcome: AppendOutcome }
  | { readonly type: 'erase'; readonly outcome: EraseOutcome };

/** Makes a whole batch durable and answers each operation, in order. Never rejects. */
export type Commit = (batch: readonly Operation[]) => Promise<readonly Answer[]>;

interface Waiting {
  readonly operation: Operation;
  readonly buildsOn: readonly Waiting[];
  readonly settle: (answer: Answer) => void;
  state: 'waiting' | 'done' | 'failed';
}

/** Bounds how long one commit can hold back the next one. */
const LARGEST_BATCH = 1000;
/** So many make a commit worth its cost. */
const WORTH_A_COMMIT = 16;
/** How long fewer than that are let gather after a commit, in ms: the shortest that a timer can. */
const REST_MS = 1;

/**
 * Group commit: while one batch is being made durable, and for a moment after one that was shared, what comes in
 * waits, and then goes together. So an idle store commits at once, and a busy one shares its fsyncs, which cost more
 * than all the rest.
 */
export class GroupCommit {
  readonly #commit: Commit;
  readonly #rest: () => Promise<void>;
  #waiting: Waiting[] = [];
  readonly #chains = new Map<SessionId, Waiting[]>();
  #running: Promise<void> | null = null;

  /** `rest` takes the moment in which more may come. */
  constructor(commit: Commit, rest: () => Promise<void> = () => setTimeout(REST_MS)) {
    this.#commit = commit;
    this.#rest = rest;
  }

  create(session: SessionId, at: number): Promise<CreateOutcome> {
    requireMillis(at);
    return new Promise((resolve, reject) => {
      this.#enqueue({ type: 'create', session, at }, [], (answer) =>
        answer.type === 'create' ? resolve(answer.outcome) : reject(mismatch(answer)),
      );
    });
  }

  append({ session, expect, entries }: AppendRequest): Promise<AppendOutcome> {
    for (const { at } of entries) requireMillis(at);
    // The head alone does not protect a chain: when an append falls, another writer may have brought the head to
    // just the number its successor expects. So a successor remembers whom it was built on.
    const buildsOn = (this.#chains.get(session) ?? []).filter(
      ({ operation }) =>
        operation.type === 'append' && operation.expect + operation.entries.length === expect,
    );
    // The caller may go on using its buffer.
    const copies = entries.map(({ at, kind, body }) => ({ at, kind, body: copyOf(body) }));
    return new Promise((resolve, reject) => {
      this.#enqueue(
        { type: 'append', session, expect, entries: copies, after: [], doomed: false },
        buildsOn,
        (answer) => (answer.type === 'append' ? resolve(answer.outcome) : reject(mismatch(answer))),
      );
    });
  }

  erase(session: SessionId): Promise<EraseOutcome> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ type: 'erase', session }, [], (answer) =>
        answer.type === 'erase' ? resolve(answer.outcome) : reject(mismatch(answer)),
      );
    });
  }

  /** Resolves when everything asked for so far has its answer. */
  async drain(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  #enqueue(operation: Operation, buildsOn: readonly Waiting[], settle: (answer: Answer) => void): void {
    const entry: Waiting = { operation, buildsOn, settle, state: 'waiting' };
    this.#waiting.push(entry);
    const chain = this.#chains.get(operation.session);
    if (chain === undefined) this.#chains.set(operation.session, [entry]);
    else chain.push(entry);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // Whatever is asked for in the same turn of the event loop joins the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, LARGEST_BATCH);
      const answers = await this.#commit(linked(batch));
      for (const [index, entry] of batch.entries()) this.#settle(entry, answers[index]);
      // One alone is no sign that more will come, and whoever writes one after the other must not wait for nobody.
      if (batch.length > 1 && this.#waiting.length < WORTH_A_COMMIT) await this.#rest();
    }
    this.#running = null;
  }

  #settle(entry: Waiting, answer: Answer | undefined): void {
    if (answer === undefined) throw new Error('a writer left an operation without an answer');
    const { session } = entry.operation;
    const chain = this.#chains.get(session) ?? [];
    if (chain.length === 1) this.#chains.delete(session);
    // They are answered in the order in which they came.
    else chain.shift();
    entry.state = answer.outcome.ok ? 'done' : 'failed';
    entry.settle(answer);
  }
}

/** Every predecessor has either been answered, or stands earlier in this very batch. */
function linked(batch: readonly Waiting[]): readonly Operation[] {
  const place = new Map(batch.map((entry, index) => [entry, index]));
  return batch.map(({ operation, buildsOn }) => {
    if (operation.type !== 'append' || buildsOn.length === 0) return operation;
    return {
      ...operation,
      after: buildsOn.map((entry) => place.get(entry)).filter((index) => index !== undefined),
      doomed: buildsOn.some((entry) => entry.state === 'failed'),
    };
  });
}

/** The same refusal for every operation of a batch, when the batch as a whole could not be written. */
export function refuseAll(batch: readonly Operation[], outcome: CannotWrite): readonly Answer[] {
  return batch.map(({ type }) => ({ type, outcome }));
}

function copyOf(body: Uint8Array): Uint8Array {
  const copy = room(body.length);
  copy.set(body);
  return copy;
}

const mismatch = (answer: Answer): Error =>
  new Error(`a writer gave the answer of another operation: ${answer.type}`);

function requireMillis(at: number): void {
  if (!Number.isSafeInteger(at)) throw new RangeError(`not whole milliseconds: ${at}`);
}
