import type { Result, SessionId } from '@mend/core';
import { type FaultWords, InjectedFault, tripAsync } from './faults.ts';
import { type Answer, GroupCommit, type Operation, refuseAll } from './group-commit.ts';
import type {
  AppendOutcome,
  CannotWrite,
  LogStore,
  ReadFault,
  SessionRow,
  StoredEntry,
  WriteFault,
} from './log-store.ts';

interface MemoryLog {
  row: SessionRow;
  entries: StoredEntry[];
}

/** What a memory store keeps its logs in. Given to a second store, it plays a restart. Erased sessions are null. */
export type MemoryDisk = Map<SessionId, MemoryLog | null>;

/** The port without files, for tests and for trying the product out: all is lost with the process. */
export function createMemoryLogStore(
  disk: MemoryDisk = new Map(),
  faults: FaultWords | null = null,
): LogStore {
  let failed = false;
  let closed = false;

  const commit = async (batch: readonly Operation[]): Promise<readonly Answer[]> => {
    if (failed) return refuseAll(batch, cannotWrite('io'));
    try {
      await tripAsync(faults, 'begin');
      await tripAsync(faults, 'write');
      await tripAsync(faults, 'commit');
      const answers = apply(disk, batch);
      await tripAsync(faults, 'answer');
      return answers;
    } catch (error) {
      if (!(error instanceof InjectedFault)) throw error;
      failed = error.reason === 'io';
      return refuseAll(batch, error.outcome);
    }
  };
  const group = new GroupCommit(commit);

  const reading = async <T>(find: () => T): Promise<Result<T, ReadFault>> => {
    if (closed) return { ok: false, error: 'closed' };
    try {
      await tripAsync(faults, 'read');
      return { ok: true, value: find() };
    } catch (error) {
      if (!(error instanceof InjectedFault)) throw error;
      return { ok: false, error: error.whenReading };
    }
  };

  return {
    create: async (session, at) => (closed ? cannotWrite('closed') : group.create(session, at)),
    append: async (request) => (closed ? cannotWrite('closed') : group.append(request)),
    erase: async (session) => (closed ? cannotWrite('closed') : group.erase(session)),
    read: (session, fromSeq, limit) =>
      reading(() => {
        const entries = (disk.get(session)?.entries ?? []).filter(({ seq }) => seq >= fromSeq);
        return entries.slice(0, Math.max(0, limit)).map((entry) => ({ ...entry, body: entry.body.slice() }));
      }),
    get: (session) => reading(() => disk.get(session)?.row ?? null),
    list: ({ after, limit }) =>
      reading(() =>
        [...disk.values()]
          .flatMap((log) => (log === null ? [] : [log.row]))
          .filter(({ session }) => after === undefined || byteOrder(session, after) > 0)
          .sort((one, other) => byteOrder(one.session, other.session))
          .slice(0, Math.max(0, limit)),
      ),
    ping: async () => !closed && !failed,
    close: async () => {
      closed = true;
      await group.drain();
    },
  };
}

function apply(disk: MemoryDisk, batch: readonly Operation[]): readonly Answer[] {
  const answers: Answer[] = [];
  for (const operation of batch) {
    const { session } = operation;
    switch (operation.type) {
      case 'create': {
        const exists = disk.has(session);
        const { at } = operation;
        if (!exists)
          disk.set(session, { row: { session, head: 0, createdAt: at, updatedAt: at }, entries: [] });
        answers.push({ type: 'create', outcome: exists ? { ok: false, why: 'exists' } : { ok: true } });
        break;
      }
      case 'append': {
        const fallen =
          operation.doomed || operation.after.some((index) => answers[index]?.outcome.ok === false);
        answers.push({ type: 'append', outcome: append(disk, operation, fallen) });
        break;
      }
      case 'erase': {
        const existed = (disk.get(session) ?? null) !== null;
        if (existed) disk.set(session, null);
        answers.push({ type: 'erase', outcome: { ok: true, existed } });
        break;
      }
    }
  }
  return answers;
}

function append(
  disk: MemoryDisk,
  { session, expect, entries }: Extract<Operation, { type: 'append' }>,
  fallen: boolean,
): AppendOutcome {
  const log = disk.get(session) ?? null;
  if (log === null) return { ok: false, why: 'gone', head: 0 };
  if (fallen || log.row.head !== expect) return { ok: false, why: 'conflict', head: log.row.head };
  const added = entries.map((entry, index) => ({
    ...entry,
    seq: expect + index + 1,
    body: entry.body.slice(),
  }));
  const head = expect + added.length;
  log.row = { ...log.row, head, updatedAt: added.at(-1)?.at ?? log.row.updatedAt };
  log.entries.push(...added);
  const snapshot = added.findLast(({ kind }) => kind === 'snapshot');
  if (snapshot !== undefined) {
    log.entries = log.entries.filter(({ kind, seq }) => kind === 'event' || seq >= snapshot.seq);
  }
  const remains = added.findLast(({ kind }) => kind === 'remains');
  if (remains !== undefined) log.entries = log.entries.filter(({ seq }) => seq >= remains.seq);
  return { ok: true, head };
}

const cannotWrite = (reason: WriteFault): CannotWrite => ({ ok: false, why: 'cannot-write', reason });
const byteOrder = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
