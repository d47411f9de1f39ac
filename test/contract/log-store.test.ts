import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryKeyRing, encryptedLogStore, noKeys, openEncryptedStore } from '@mend/server/keys';
import { createMemoryLogStore, type MemoryDisk, openStore } from '@mend/server/store';
import { expect, test } from 'vitest';
import { logStoreContract } from './log-store-contract.ts';

logStoreContract('memory', () => {
  const disk: MemoryDisk = new Map();
  return { open: async ({ words }) => createMemoryLogStore(disk, words), dispose: () => {} };
});

logStoreContract('memory, encrypted', () => {
  const disk: MemoryDisk = new Map();
  const keys = noKeys();
  return {
    open: ({ words }) => encryptedLogStore(createMemoryLogStore(disk, words), createMemoryKeyRing(keys)),
    dispose: () => {},
  };
});

for (const [name, open] of [
  ['sqlite', openStore],
  ['sqlite, encrypted', openEncryptedStore],
] as const) {
  logStoreContract(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'mend-store-'));
    return {
      open: async ({ words }) => {
        const opened = await open(`sqlite:${join(folder, 'store.db')}`, { faults: words, keyFile: null });
        if (!opened.ok) throw new Error(opened.error.sentence);
        return opened.value;
      },
      dispose: () => rmSync(folder, { recursive: true, force: true }),
    };
  });
}

test('L19 an unknown kind of store is refused, and its URL is not repeated', async () => {
  const opened = await openStore('postgres://user:secret@host/db');
  expect(opened).toMatchObject({ ok: false, error: { why: 'unknown-scheme' } });
  expect(JSON.stringify(opened)).not.toContain('secret');
  expect(await openStore('')).toMatchObject({ error: { why: 'unknown-scheme' } });
  expect(await openStore('toString:x')).toMatchObject({ error: { why: 'unknown-scheme' } });
  expect(await openStore('memory:')).toMatchObject({ ok: true });
});
