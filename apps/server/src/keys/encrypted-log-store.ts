import { ok, type Result, type SessionId } from '@mend/core';
import type {
  AppendOutcome,
  AppendRequest,
  CannotWrite,
  EraseOutcome,
  LogStore,
  ReadFault,
  SessionRow,
  StoredEntry,
  WriteFault,
} from '../store/log-store.ts';
import { finishWhatWasBegun } from './finish.ts';
import type { KeyRing } from './key-ring.ts';
import { seal, unsealAll } from './sealed-body.ts';

/**
 * A log store in which every body is unreadable without its session's key. Ids, order, kinds and times stay as they
 * are. To erase destroys the key first: from then on the session is gone, whatever becomes of its rows.
 */
export async function encryptedLogStore(inner: LogStore, ring: KeyRing): Promise<LogStore> {
  /** Sessions whose keys are destroyed and whose rows are not yet gone. */
  const fading = new Set<SessionId>(await finishWhatWasBegun(inner, ring));
  /** Per session, the append that must be handed on before the next one, and its refusal if it was not. */
  const queues = new Map<SessionId, Promise<CannotWrite | null>>();
  const underWay = new Set<Promise<unknown>>();
  let failed = false;
  let closing: Promise<void> | null = null;

  function note<T extends { readonly ok: boolean; readonly reason?: WriteFault }>(outcome: T): T {
    if (outcome.reason === 'io') failed = true;
    return outcome;
  }

  /** So that `close` waits for it. */
  function tracked<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const done = (): void => void underWay.delete(work);
    work.then(done, done);
    return work;
  }

  /** `work` after everything that was queued for the session before; told when that was refused. */
  function queued<T>(session: SessionId, work: (refused: CannotWrite | null) => Promise<T>): Promise<T> {
    const before = queues.get(session) ?? Promise.resolve(null);
    return tracked(before.then(work));
  }

  async function create(session: SessionId, at: number): ReturnType<LogStore['create']> {
    if (failed) return cannotWrite('io');
    // The key first: a session without one could never be written to.
    const made = await ring.make(session);
    if (!made.ok) return note(cannotWrite(made.error));
    return made.value === 'destroyed' ? { ok: false, why: 'exists' } : note(await inner.create(session, at));
  }

  /** Hands an append on in the same turn: the inner store links it to those that were handed on before. */
  function hand(request: AppendRequest): Promise<AppendOutcome> {
    const { session, expect, entries } = request;
    const keys = ring.keysOf(session);
    if (!keys.ok) return Promise.resolve(cannotWrite(keys.error));
    const newest = keys.value.at(-1);
    if (newest === undefined) return withoutKey(request);
    const sealed = entries.map((entry, index) => ({
      ...entry,
      body: seal(newest, { session, seq: expect + 1 + index, kind: entry.kind, at: entry.at }, entry.body),
    }));
    return inner.append({ session, expect, entries: sealed }).then(note);
  }

  async function withoutKey({ session, expect }: AppendRequest): Promise<AppendOutcome> {
    const asked = fading.has(session) ? GONE : note(await inner.append({ session, expect, entries: [] }));
    return !asked.ok && asked.why !== 'conflict' ? asked : cannotWrite('damaged');
  }

  /** What remains of a session gets a key of its own, and the key of all that it replaces is destroyed. */
  function appendRemains(request: AppendRequest): Promise<AppendOutcome> {
    const { session } = request;
    const own = copied(request);
    const handed = Promise.withResolvers<CannotWrite | null>();
    const outcome = queued(session, async (refused) => {
      const renewed = refused ?? (await ring.renew(session));
      if (!renewed.ok) {
        const refusal = 'error' in renewed ? note(cannotWrite(renewed.error)) : renewed;
        handed.resolve(refusal);
        return refusal;
      }
      const keys = ring.keysOf(session);
      const appended = hand(own);
      handed.resolve(null);
      const answer = await appended;
      // What cannot be destroyed now is destroyed at the next start; what was appended is durable all the same.
      const newest = keys.ok ? keys.value.at(-1) : undefined;
      if (answer.ok && newest !== undefined) await ring.destroyBefore(session, newest.number);
      return answer;
    });
    hold(session, handed.promise);
    return outcome;
  }

  /** Later appends of the session wait for `until`, and are then handed on in their order, or refused with it. */
  function hold(session: SessionId, until: Promise<CannotWrite | null>): void {
    queues.set(session, until);
    void until.then(() => {
      if (queues.get(session) === until) queues.delete(session);
    });
  }

  function append(request: AppendRequest): Promise<AppendOutcome> {
    if (closing !== null) return Promise.resolve(cannotWrite('closed'));
    if (request.entries.some(({ kind }) => kind === 'remains')) return appendRemains(request);
    if (!queues.has(request.session)) return hand(request);
    const own = copied(request);
    return queued(request.session, async (refused) => refused ?? hand(own));
  }

  async function erase(session: SessionId): Promise<EraseOutcome> {
    // A store that failed keeps what it has until it is opened anew, its keys too.
    if (failed) return cannotWrite('io');
    const destroyed = await ring.destroy(session);
    if (!destroyed.ok) return note(cannotWrite(destroyed.error));
    fading.add(session);
    const outcome = note(await inner.erase(session));
    if (!outcome.ok) return outcome;
    fading.delete(session);
    await ring.finish(session);
    return destroyed.value === 'waiting' ? cannotWrite('busy') : outcome;
  }

  /** Null where a key that an entry names is not there (any more). */
  async function readOnce(session: SessionId, fromSeq: number, limit: number) {
    const stored = await inner.read(session, fromSeq, limit);
    if (!stored.ok || stored.value.length === 0) return stored;
    const keys = ring.keysOf(session);
    if (!keys.ok) return keys;
    const entries = unsealAll(keys.value, session, stored.value);
    if (entries === 'no-key') return null;
    return entries === 'damaged' ? DAMAGED : ok(entries);
  }

  async function read(
    session: SessionId,
    fromSeq: number,
    limit: number,
  ): Promise<Result<readonly StoredEntry[], ReadFault>> {
    if (closing !== null) return CLOSED;
    if (fading.has(session)) return NOTHING;
    const found = await readOnce(session, fromSeq, limit);
    if (found !== null) return found;
    // Its key was destroyed between the two reads: by an erasure, or since other entries stand in their place now.
    if (fading.has(session)) return NOTHING;
    return (await readOnce(session, fromSeq, limit)) ?? DAMAGED;
  }

  async function list({ after, limit }: Parameters<LogStore['list']>[0]): ReturnType<LogStore['list']> {
    if (closing !== null) return CLOSED;
    const rows: SessionRow[] = [];
    for (let from = after; ; ) {
      const wanted = limit - rows.length;
      const page = await inner.list({ limit: wanted, ...(from === undefined ? {} : { after: from }) });
      if (!page.ok) return page;
      rows.push(...page.value.filter(({ session }) => !fading.has(session)));
      from = page.value.at(-1)?.session;
      if (page.value.length < wanted || rows.length >= limit) return { ok: true, value: rows };
    }
  }

  async function close(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
    await inner.close();
    await ring.close();
  }

  return {
    create: async (session, at) => (closing === null ? tracked(create(session, at)) : cannotWrite('closed')),
    append,
    read,
    get: async (session) => {
      if (closing !== null) return CLOSED;
      return fading.has(session) ? { ok: true, value: null } : inner.get(session);
    },
    list,
    erase: async (session) =>
      closing === null ? queued(session, () => erase(session)) : cannotWrite('closed'),
    ping: async () => closing === null && !failed && (await ring.ping()) && (await inner.ping()),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

const cannotWrite = (reason: WriteFault): CannotWrite => ({ ok: false, why: 'cannot-write', reason });
const copied = (request: AppendRequest): AppendRequest => ({
  ...request,
  entries: request.entries.map((entry) => ({ ...entry, body: entry.body.slice() })),
});
const GONE = { ok: false, why: 'gone', head: 0 } as const;
const DAMAGED = { ok: false, error: 'damaged' } as const;
const NOTHING = { ok: true, value: [] } as const;
const CLOSED = { ok: false, error: 'closed' } as const;
