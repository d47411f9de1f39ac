import type { Result } from '@mend/core';
import type { LogStore } from './log-store.ts';
import { createMemoryLogStore } from './memory-log-store.ts';
import { openSqliteLogStore, type SqliteOptions } from './sqlite-log-store.ts';
import { type StoreFault, storeFault } from './store-fault.ts';

export { createFaults, type Fault, type FaultStep, type Faults } from './faults.ts';
export * from './log-store.ts';
export { createMemoryLogStore, type MemoryDisk } from './memory-log-store.ts';
export type { StoreFault, StoreFaultKind } from './store-fault.ts';
export type StoreOptions = SqliteOptions;

/** One line for each kind of store. */
const schemes: Readonly<
  Record<string, (rest: string, options: StoreOptions) => Promise<Result<LogStore, StoreFault>>>
> = {
  sqlite: openSqliteLogStore,
  memory: async (_, { faults }) => ({ ok: true, value: createMemoryLogStore(new Map(), faults ?? null) }),
};

/** `sqlite:path/to/file` (absolute, or from the working directory) or `memory:`. Never another store than was asked for. */
export async function openStore(
  url: string,
  options: StoreOptions = {},
): Promise<Result<LogStore, StoreFault>> {
  const [scheme = ''] = url.split(':', 1);
  const open = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  // Not the whole URL: it may hold a password.
  if (open === undefined) return { ok: false, error: storeFault('unknown-scheme', `"${scheme}"`) };
  return open(url.slice(scheme.length + 1), options);
}
