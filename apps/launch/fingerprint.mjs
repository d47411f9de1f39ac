import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const isTest = (/** @type {string} */ name) => /\.test\.tsx?$/.test(name);
const isMade = (/** @type {string} */ name) => name === 'node_modules' || name === 'dist';

/**
 * Every file below `folder` that a build could read, in a fixed order; tests and made folders are left out.
 *
 * @param {string} folder
 * @returns {string[]} absolute paths
 */
export function sourcesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isMade(entry.name));
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourcesBelow(path);
      return isTest(entry.name) ? [] : [path];
    })
    .sort();
}

/**
 * One hash over names and bytes. A missing file counts as missing, so that its arrival changes the hash.
 *
 * @param {string} base the names are taken relative to this folder, so that a moved clone keeps its hash
 * @param {string[]} paths absolute paths
 * @param {string[]} [facts] further things the result depends on, such as the platform
 * @returns {string} hexadecimal SHA-256
 */
export function fingerprint(base, paths, facts = []) {
  const hash = createHash('sha256');
  const add = (/** @type {string | Buffer} */ part) => {
    // The length first, so that no two lists of parts can run together into the same bytes.
    hash.update(`${part.length}:`);
    hash.update(part);
  };
  for (const fact of facts) add(fact);
  for (const path of paths) {
    add(relative(base, path));
    add(readIfThere(path) ?? 'missing');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {Buffer | undefined}
 */
function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
