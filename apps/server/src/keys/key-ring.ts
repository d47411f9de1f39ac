import type { KeyObject } from 'node:crypto';
import type { Result, SessionId } from '@mend/core';
import type { ReadFault, WriteFault } from '../store/log-store.ts';

/** A key that bodies of one session are encrypted under. `number` is unique in its ring and stands in each body. */
export interface DataKey {
  readonly number: number;
  readonly key: KeyObject;
}

/** Destroyed in any case; `waiting`: its old bytes are not yet out of the ring's files, since somebody reads them. */
export type Destroyed = 'wiped' | 'waiting';

/**
 * The port of the keys that sessions are encrypted under. A session has one key, and for a moment two while it is
 * given a new one. Nothing here throws for something that can happen.
 */
export interface KeyRing {
  /** The keys of a session, the newest last. Empty: it never had one, or they were destroyed. Answers at once. */
  keysOf(session: SessionId): Result<readonly DataKey[], ReadFault>;
  /** The first key of a session, durable when it resolves; one that is there stays. `destroyed` keys never return. */
  make(session: SessionId): Promise<Result<'ready' | 'destroyed', WriteFault>>;
  /** One more key, for what is written from now on. The session is unfinished until the older ones are destroyed. */
  renew(session: SessionId): Promise<Result<'ready' | 'destroyed', WriteFault>>;
  /** Every key of a session. It is unfinished until `finish`. */
  destroy(session: SessionId): Promise<Result<Destroyed, WriteFault>>;
  /** The keys of a session with a lower number than this. */
  destroyBefore(session: SessionId, number: number): Promise<Result<Destroyed, WriteFault>>;
  /** Sessions of which keys were destroyed or made, and whose log was perhaps not yet brought in line with that. */
  unfinished(): Result<readonly SessionId[], ReadFault>;
  finish(session: SessionId): Promise<Result<null, WriteFault>>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}
