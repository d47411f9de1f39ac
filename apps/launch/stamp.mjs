import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A stamp says that a piece of work was finished, and for which inputs.
 *
 * @typedef {{ fingerprint: string, node?: string }} Stamp `node`: the program that was found to run here
 */

/**
 * @param {string} path
 * @returns {Stamp | undefined} nothing when there is none, or when it cannot be read as one
 */
export function readStamp(path) {
  try {
    const stamp = JSON.parse(readFileSync(path, 'utf8'));
    return typeof stamp?.fingerprint === 'string' ? stamp : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Written beside and renamed, so that a power cut leaves the old stamp or the new one and never half of one.
 *
 * @param {string} path
 * @param {Stamp} stamp
 */
export function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(stamp)}\n`);
  renameSync(draft, path);
}

/** @param {string} path */
export function clearStamp(path) {
  rmSync(path, { force: true });
}
