import type { SessionId } from '@mend/core';
import {
  type AppendOutcome,
  type AppendRequest,
  createMemoryLogStore,
  type LogStore,
  type MemoryDisk,
  type StoredEntry,
  type WriteFault,
} from '@mend/server/store';

/** The memory store, with a commit that waits until it is let through, that can fail, and that survives a crash. */
export interface FlakyStore extends LogStore {
  /** Lets so many of those that wait through, in order. */
  commit(most: number): void;
  /** Refuses all that waits, as a full disk does: nothing of it is written. */
  refuse(): void;
  /** Refuses all that waits, as a disk does that cannot be trusted any more: so many of it are written all the same. */
  fail(written: number): void;
  /** What waits is never answered: the process is gone. `written` of it reached the disk all the same. */
  crash(written: number): void;
  /** While it is so, nothing can be read. */
  blind: boolean;
  readonly waiting: number;
  /** Whether something that was let through is not on the disk yet. */
  readonly isWriting: boolean;
  /** How many appends were let through. */
  readonly passed: number;
  /** Everything that ever became durable, in order: also what a snapshot has replaced since. */
  readonly history: readonly StoredEntry[];
  /** What the store holds now. */
  entries(session: SessionId): readonly StoredEntry[];
}

/** `asked` hears each append as the server decides on it, before it is written. */
export function flakyStore(asked: (request: AppendRequest) => void): FlakyStore {
  const disk: MemoryDisk = new Map();
  const inner = createMemoryLogStore(disk);
  const history: StoredEntry[] = [];
  let queue: { go(): void; refuse(reason: WriteFault): void; write(): void }[] = [];
  let passed = 0;
  let writing = 0;
  let blind = false;
  const write = async (request: AppendRequest): Promise<AppendOutcome> => {
    writing += 1;
    const outcome = await inner.append(request);
    writing -= 1;
    if (outcome.ok) {
      for (const [index, entry] of request.entries.entries()) {
        history.push({ ...entry, seq: request.expect + index + 1 });
      }
    }
    return outcome;
  };
  const take = (most = queue.length) => {
    const taken = queue.slice(0, most);
    queue = queue.slice(most);
    return taken;
  };
  const commit = (most: number) => {
    for (const one of take(most)) {
      passed += 1;
      one.go();
    }
  };
  return {
    ...inner,
    append: (request) =>
      new Promise((resolve) => {
        asked(request);
        queue.push({
          go: () => void write(request).then(resolve),
          refuse: (reason) => resolve({ ok: false, why: 'cannot-write', reason }),
          write: () => void write(request),
        });
      }),
    get: async (session) => (blind ? { ok: false, error: 'busy' } : inner.get(session)),
    history,
    get blind() {
      return blind;
    },
    set blind(is) {
      blind = is;
    },
    get isWriting() {
      return writing > 0;
    },
    get waiting() {
      return queue.length;
    },
    get passed() {
      return passed;
    },
    commit,
    refuse() {
      for (const one of take()) one.refuse('disk-full');
    },
    fail(written) {
      for (const [index, one] of take().entries()) {
        if (index < written) one.write();
        one.refuse('io');
      }
    },
    crash(written) {
      for (const one of take().slice(0, written)) one.write();
    },
    entries: (session) => disk.get(session)?.entries ?? [],
  };
}
