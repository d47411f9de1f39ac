import { accessSync, chmodSync, closeSync, constants, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { integer } from './sqlite-row.ts';

/** Marks a file as a store of ours ("Mend" in ASCII), so that no other program's database is migrated by mistake. */
const APPLICATION_ID = 0x4d656e64;
/** How long another process's lock is waited for before the answer is `busy`, in milliseconds. */
export const BUSY_TIMEOUT = 2000;

/** The database and its lock, private to this user before a byte is in them. Throws what the file system throws. */
export function prepareFiles(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  for (const file of [path, lockPath(path)]) {
    if (createPrivate(file)) syncFolder(folder);
    else accessSync(file, constants.R_OK | constants.W_OK);
  }
}

/**
 * One server per file: an exclusive transaction in a small database beside the store, for the life of the process.
 * The system lets go of it when the process ends in whatever way, so a kill leaves nothing stale. (Never open this
 * file or the store with `fs` in the server's process: closing such a handle would drop SQLite's POSIX locks.)
 */
export function takeLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(lockPath(path), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Changes nothing yet: what the file is must be known before any setting is written into it. */
export const connect = (path: string): DatabaseSync => new DatabaseSync(path, { timeout: BUSY_TIMEOUT });

/** Every setting that the promises rest on. `whatIsMissing` reads them back. */
export function configure(db: DatabaseSync): void {
  db.exec(`
    PRAGMA page_size = 4096;
    PRAGMA auto_vacuum = NONE;
    PRAGMA temp_store = MEMORY;
    PRAGMA secure_delete = ON;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_mode = WAL;
    PRAGMA journal_size_limit = 16777216;
  `);
}

/** Null when the connection is durable and wipes what it deletes; else the setting that did not take. */
export function whatIsMissing(db: DatabaseSync): string | null {
  const wanted = {
    journal_mode: 'wal',
    synchronous: 2,
    secure_delete: 1,
    temp_store: 2,
    page_size: 4096,
    auto_vacuum: 0,
  };
  for (const [pragma, value] of Object.entries(wanted)) {
    const found = Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
    if (found !== value) return `${pragma} is ${String(found)} and must be ${value}`;
  }
  return null;
}

export const versionOf = (db: DatabaseSync): number =>
  integer(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version');

/** True for a new file, or one that this program made. */
export function isOurs(db: DatabaseSync): boolean {
  const id = integer(db.prepare('PRAGMA application_id').get() ?? {}, 'application_id');
  return id === APPLICATION_ID || (id === 0 && isEmpty(db));
}

/**
 * Runs the missing migrations, each whole or not at all. A store with something in it is copied first; the copy
 * stays if a migration fails or is killed, and goes once all have succeeded, since words that are taken back later
 * must be in no file, and nothing would take them out of a copy.
 */
export function migrate(db: DatabaseSync, path: string, migrations: readonly string[]): void {
  const from = versionOf(db);
  const copy = copyPath(path);
  if (from < migrations.length && !isEmpty(db)) copyTo(db, copy);
  for (const [index, sql] of migrations.entries()) {
    if (index < from) continue;
    db.exec(
      `BEGIN IMMEDIATE; ${sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}; COMMIT;`,
    );
  }
  rmSync(copy, { force: true });
}

export const lockPath = (path: string): string => `${path}-lock`;
export const copyPath = (path: string): string => `${path}-before-migration`;

function copyTo(db: DatabaseSync, copy: string): void {
  rmSync(copy, { force: true });
  createPrivate(copy);
  db.prepare('VACUUM INTO ?').run(copy);
  const handle = openSync(copy, 'r');
  fsyncSync(handle);
  closeSync(handle);
  syncFolder(dirname(copy));
}

/** False when it was there already; then it is not opened, see `takeLock`. */
function createPrivate(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    chmodSync(file, 0o600);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT name FROM sqlite_schema LIMIT 1').get() === undefined;
}
