import type { SessionId } from '@mend/core';
import {
  type AppendOutcome,
  type AppendRequest,
  createMemoryLogStore,
  type LogStore,
  type MemoryDisk,
  type StoredEntry,
} from '@mend/server/store';

/** The memory store, with a commit that waits until it is let through, that can fail, and that survives a crash. */
export interface FlakyStore extends LogStore {
  /** Lets everything through that waits, in order. */
  commit(): void;
  /** Everything that waits is refused, as a full disk does. */
  refuse(): void;
  /** What waits is never answered: the process is gone. `written` of it reached the disk all the same. */
  crash(written: number): void;
  readonly waiting: number;
  /** Everything that ever became durable, in order: also what a snapshot has replaced since. */
  readonly history: readonly StoredEntry[];
  /** What the store holds now. */
  entries(session: SessionId): readonly StoredEntry[];
}

export function flakyStore(): FlakyStore {
  const disk: MemoryDisk = new Map();
  const inner = createMemoryLogStore(disk);
  let queue: { go(): void; refuse(): void; write(): void }[] = [];
  const history: StoredEntry[] = [];
  const write = async (request: AppendRequest): Promise<AppendOutcome> => {
    const outcome = await inner.append(request);
    if (outcome.ok) {
      for (const [index, entry] of request.entries.entries()) {
        history.push({ ...entry, seq: request.expect + index + 1 });
      }
    }
    return outcome;
  };
  const take = () => {
    const taken = queue;
    queue = [];
    return taken;
  };
  return {
    ...inner,
    append: (request) =>
      new Promise((resolve) => {
        queue.push({
          go: () => void write(request).then(resolve),
          refuse: () => resolve({ ok: false, why: 'cannot-write', reason: 'disk-full' }),
          write: () => void write(request),
        });
      }),
    history,
    get waiting() {
      return queue.length;
    },
    commit() {
      for (const one of take()) one.go();
    },
    refuse() {
      for (const one of take()) one.refuse();
    },
    crash(written) {
      for (const one of take().slice(0, written)) one.write();
    },
    entries: (session) => disk.get(session)?.entries ?? [],
  };
}
