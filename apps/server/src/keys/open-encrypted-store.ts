import { resolve } from 'node:path';
import { ok, type Result } from '@mend/core';
import { type LogStore, openStore, type StoreFault, type StoreOptions } from '../store/index.ts';
import { encryptedLogStore } from './encrypted-log-store.ts';
import type { KeyFault } from './key-fault.ts';
import type { KeyRing } from './key-ring.ts';
import { createMemoryKeyRing } from './memory-key-ring.ts';
import { openSqliteKeyRing } from './sqlite-key-ring.ts';

export interface EncryptedStoreOptions extends StoreOptions {
  /** Where the master key is or is to be made; null for the usual place, beside the store. */
  readonly keyFile: string | null;
  /** Tests only: faults of the keys' writer. */
  readonly keyFaults?: StoreOptions['faults'];
}

const SQLITE = 'sqlite:';

/** The files that belong to a store: `mend.db` has its wrapped keys in `mend.keys.db` and its master key in `mend.key`. */
export function keyFilesOf(storeUrl: string): { readonly keys: string; readonly master: string } | null {
  if (!storeUrl.startsWith(SQLITE)) return null;
  const base = resolve(storeUrl.slice(SQLITE.length)).replace(/\.db$/, '');
  return { keys: `${base}.keys.db`, master: `${base}.key` };
}

/** A store as `openStore` opens it, encrypted. A store in memory has keys in memory, so that both run the same code. */
export async function openEncryptedStore(
  url: string,
  { keyFile, keyFaults, ...options }: EncryptedStoreOptions,
): Promise<Result<LogStore, StoreFault | KeyFault>> {
  const opened = await openStore(url, options);
  if (!opened.ok) return opened;
  const ring = await ringFor(url, opened.value, { keyFile, ...options, ...(keyFaults && { keyFaults }) });
  if (ring.ok) return ok(await encryptedLogStore(opened.value, ring.value));
  await opened.value.close();
  return ring;
}

async function ringFor(
  url: string,
  store: LogStore,
  { keyFile, keyFaults, onFailed }: EncryptedStoreOptions,
): Promise<Result<KeyRing, StoreFault | KeyFault>> {
  const files = keyFilesOf(url);
  if (files === null) return ok(createMemoryKeyRing());
  const sessions = await store.list({ limit: 1 });
  // A store that cannot be listed holds something.
  const isFilled = !sessions.ok || sessions.value.length > 0;
  return openSqliteKeyRing({
    path: files.keys,
    keyFile: keyFile ?? files.master,
    filledStore: isFilled ? url.slice(SQLITE.length) : null,
    ...(onFailed && { onFailed }),
    ...(keyFaults && { faults: keyFaults }),
  });
}
