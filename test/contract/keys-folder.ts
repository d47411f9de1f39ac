import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { SessionId } from '@mend/core';
import { type EncryptedStoreOptions, type KeyFault, openEncryptedStore } from '@mend/server/keys';
import type { LogStore, NewEntry, StoreFault } from '@mend/server/store';

const CHILD = fileURLToPath(new URL('./keys-child.ts', import.meta.url));

export const id = (raw: string): SessionId => raw as SessionId;
export const entry = (text: string, kind: NewEntry['kind'] = 'event', at = 1000): NewEntry => ({
  at,
  kind,
  body: new TextEncoder().encode(text),
});

/** An encrypted store in a folder of its own, for one test. */
export interface KeysFolder {
  readonly path: string;
  readonly file: string;
  readonly keys: string;
  readonly master: string;
  open(options?: Partial<EncryptedStoreOptions>): Promise<LogStore>;
  refusal(options?: Partial<EncryptedStoreOptions>): Promise<StoreFault | KeyFault>;
  /** What another process says, by lines, until it ended. */
  child(mode: string): readonly unknown[];
  /** Which of these bytes, in hexadecimal, are in which files. By another process: see `takeLock`. */
  traces(...bytes: readonly Uint8Array[]): readonly string[];
  /** The wrapped keys of a session as they lie in the file; zeros where destroyed. The store must be closed. */
  wrapped(session: string): readonly Uint8Array[];
  /** Runs SQL on one of the two databases. The store must be closed. */
  sql(file: string, run: (db: DatabaseSync) => void): void;
  remove(): Promise<void>;
}

export function keysFolder(): KeysFolder {
  const path = mkdtempSync(join(tmpdir(), 'mend-keys-'));
  const file = join(path, 'mend.db');
  const keys = join(path, 'mend.keys.db');
  const opened: LogStore[] = [];
  const tryOpen = (options: Partial<EncryptedStoreOptions>) =>
    openEncryptedStore(`sqlite:${file}`, { keyFile: null, ...options });
  const sql: KeysFolder['sql'] = (at, run) => {
    const db = new DatabaseSync(at);
    run(db);
    db.close();
  };
  return {
    path,
    file,
    keys,
    master: join(path, 'mend.key'),
    async open(options = {}) {
      const result = await tryOpen(options);
      if (!result.ok) throw new Error(result.error.sentence);
      opened.push(result.value);
      return result.value;
    },
    async refusal(options = {}) {
      const result = await tryOpen(options);
      if (!result.ok) return result.error;
      await result.value.close();
      throw new Error('it was opened');
    },
    child(mode) {
      const { stdout } = spawnSync(process.execPath, [CHILD, mode, file], { encoding: 'utf8' });
      return stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    },
    traces: (...bytes) => tracesIn(path, bytes),
    wrapped(session) {
      let found: Uint8Array[] = [];
      if (!existsSync(keys)) return found;
      sql(keys, (db) => {
        const rows = db.prepare('SELECT wrapped FROM data_key WHERE session = ? ORDER BY id').all(session);
        found = rows.flatMap(({ wrapped }) => (wrapped instanceof Uint8Array ? [wrapped] : []));
      });
      return found;
    },
    sql,
    async remove() {
      for (const store of opened) await store.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** `FILE: HEX` for each hit below a folder. */
export function tracesIn(folder: string, bytes: readonly Uint8Array[]): readonly string[] {
  const code = `const fs = require('node:fs'); const [folder, ...wanted] = process.argv.slice(1); const found = [];
    for (const file of fs.readdirSync(folder, { recursive: true })) {
      const path = folder + '/' + file; if (!fs.statSync(path).isFile()) continue;
      const held = fs.readFileSync(path);
      for (const hex of wanted) if (held.includes(Buffer.from(hex, 'hex'))) found.push(file + ': ' + hex); }
    console.log(JSON.stringify(found));`;
  const wanted = bytes.map((each) => Buffer.from(each).toString('hex'));
  const said: unknown = JSON.parse(
    execFileSync(process.execPath, ['-e', code, folder, ...wanted], { encoding: 'utf8' }),
  );
  return Array.isArray(said) ? said.map(String) : [];
}

/** The texts of a session's entries, or why they cannot be read. */
export async function texts(store: LogStore, session = id('s')): Promise<readonly string[] | string> {
  const read = await store.read(session, 1, 100_000);
  if (!read.ok) return read.error;
  return read.value.map(({ seq, kind, body }) => `${seq} ${kind} ${new TextDecoder().decode(body)}`);
}
