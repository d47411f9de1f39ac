import type { SessionId } from '@mend/core';
import type { LogStore } from '../store/log-store.ts';
import type { KeyRing } from './key-ring.ts';
import { keyNumberOf } from './sealed-body.ts';

/**
 * Brings logs and keys in line after a crash came between the two. A session without keys is erased. One with two
 * keeps those that its first entry and later ones name: entries are sealed with ever newer keys, and what remains of
 * a session replaces every entry before it. Returns the sessions whose rows could not be erased yet.
 */
export async function finishWhatWasBegun(inner: LogStore, ring: KeyRing): Promise<readonly SessionId[]> {
  const fading: SessionId[] = [];
  const unfinished = ring.unfinished();
  if (!unfinished.ok) return fading;
  for (const session of unfinished.value) {
    const keys = ring.keysOf(session);
    if (!keys.ok) continue;
    if (keys.value.length > 0) {
      await destroyUnused(inner, ring, session);
      continue;
    }
    const erased = await inner.erase(session);
    if (erased.ok) await ring.finish(session);
    else fading.push(session);
  }
  return fading;
}

async function destroyUnused(inner: LogStore, ring: KeyRing, session: SessionId): Promise<void> {
  const first = await inner.read(session, 1, 1);
  const [entry] = first.ok ? first.value : [];
  const oldest = entry === undefined ? null : keyNumberOf(entry.body);
  if (oldest !== null) await ring.destroyBefore(session, oldest);
}
