/** Every reason for which the guard does not take an update: a closed list, and what each of them is about. */

/**
 * - `bytes`: not a canonical update of the kind this document speaks;
 * - `write`: a well-formed write that this connection may not make;
 * - `limit`: more than one update or one turn may hold;
 * - `resync`: nothing wrong, only something missing in front. Answer with SyncStep1 and keep the connection.
 */
export type CodeClass = 'bytes' | 'write' | 'limit' | 'resync';

export const GUARD_CODES = {
  varint: 'bytes',
  truncated: 'bytes',
  'trailing-bytes': 'bytes',
  utf8: 'bytes',
  'empty-section': 'bytes',
  'empty-struct': 'bytes',
  'clock-range': 'bytes',
  'ds-form': 'bytes',
  'struct-kind': 'write',
  'content-kind': 'write',
  'parent-sub': 'write',
  'nested-parent': 'write',
  'foreign-client': 'write',
  'not-your-turn': 'write',
  'wrong-root': 'write',
  'unknown-origin': 'write',
  'gc-origin': 'write',
  'not-adjacent': 'write',
  'known-mismatch': 'write',
  'ds-unknown': 'write',
  'ds-outside': 'write',
  'forbidden-char': 'write',
  'too-large': 'limit',
  'too-many-structs': 'limit',
  'too-many-clocks': 'limit',
  'too-many-ranges': 'limit',
  'too-many-visits': 'limit',
  'text-too-long': 'limit',
  gap: 'resync',
  'ds-gap': 'resync',
} as const satisfies Record<string, CodeClass>;

export type GuardCode = keyof typeof GUARD_CODES;
export type ResyncCode = 'gap' | 'ds-gap';
export type RefusalCode = Exclude<GuardCode, ResyncCode>;

/** A code and the byte offset in the update at which it was noticed. */
export interface Fault<Code extends GuardCode = GuardCode> {
  readonly code: Code;
  readonly at: number;
}
