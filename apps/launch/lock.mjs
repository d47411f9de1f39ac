import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatEveryMs = 1_000;
/** A process id may be given out again, so a holder must also show that it is alive. */
const silentForMs = 60_000;

/**
 * Runs `work` while no other process does so for the same lock file; waits for its turn.
 *
 * @template T
 * @param {string} path the lock file
 * @param {(holder: string) => void} onWait told once when somebody else is at it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, onWait, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  while (!tryLock(path)) {
    const holder = readHolder(path);
    if (holder !== undefined && isStale(path, holder)) {
      breakLock(path, holder);
      continue;
    }
    if (!told && holder !== undefined) onWait(holder);
    told = true;
    await sleep(200);
  }
  const beat = setInterval(() => touch(path), beatEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (readHolder(path) === String(process.pid)) rmSync(path, { force: true });
  }
}

/**
 * A link either appears with its whole content or fails: nobody can see a lock without a holder.
 *
 * @param {string} path
 */
function tryLock(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readHolder(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @param {string} holder
 */
function isStale(path, holder) {
  if (holder === String(process.pid) || !isAlive(Number(holder))) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > silentForMs;
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Two waiters may break the same lock: the slower one would take away the lock the quicker one has just made.
 * So it is moved aside first, and put back when it turns out to be somebody else's.
 *
 * @param {string} path
 * @param {string} holder
 */
function breakLock(path, holder) {
  const aside = `${path}.broken.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readHolder(aside) !== holder) linkSync(aside, path);
  } catch {
    // Another waiter was quicker; the next attempt sees what it left.
  }
  rmSync(aside, { force: true });
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken away together with node_modules; the work itself will notice.
  }
}
