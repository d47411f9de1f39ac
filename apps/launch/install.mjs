import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { findNode } from './node-26.mjs';
import { notes, root } from './places.mjs';
import { run } from './run.mjs';
import { clearStamp, readStamp, writeStamp } from './stamp.mjs';
import { Trouble } from './trouble.mjs';

const stampPath = join(notes, 'installed');
const pnpm = 'pnpm@12';

/** Left alone, both would try for minutes before they say that there is no network. */
const retries = ['fetch-retries=2', 'fetch-retry-mintimeout=1000', 'fetch-retry-maxtimeout=4000'];

/** What npm, npx and pnpm say when the registry is out of reach. */
const offline =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|fetch failed|client error \(Connect\)|dns error|error sending request/;

/**
 * Installs what the lock file names unless that was done already, and finds the Node that runs the server.
 *
 * @returns {Promise<string>} the path of a Node that is new enough
 */
export async function ensureInstalled() {
  const wanted = installFingerprint();
  const before = installedNode(wanted);
  if (before !== undefined) return before;
  return alone(async () => {
    // Another start may have finished while this one waited.
    const meanwhile = installedNode(wanted);
    if (meanwhile !== undefined) return meanwhile;
    clearStamp(stampPath);
    await install();
    const node = findNode();
    writeStamp(stampPath, { fingerprint: wanted, node });
    return node;
  });
}

/**
 * One start at a time changes what is installed or built.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function alone(work) {
  const path = join(notes, 'lock');
  const say = (/** @type {string} */ holder) => {
    console.log(`Waiting for another start of Mend (process ${holder}), which is installing or building.`);
  };
  return withLock(path, say, work);
}

/** @param {string} wanted */
function installedNode(wanted) {
  const stamp = readStamp(stampPath);
  if (stamp?.fingerprint !== wanted || stamp.node === undefined) return undefined;
  return existsSync(stamp.node) ? stamp.node : undefined;
}

function installFingerprint() {
  const manifests = ['apps', 'packages']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name, 'package.json')))
    .sort();
  const fixed = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', 'test/package.json'];
  const paths = [...fixed.map((name) => join(root, name)), ...manifests];
  return fingerprint(root, paths, [process.platform, process.arch]);
}

async function install() {
  console.log('Installing what Mend needs, as pinned in pnpm-lock.yaml (about half a minute, once) …');
  const { NODE_ENV: _, ...env } = process.env; // With NODE_ENV=production the build's own tools would be left out.
  const npxArgs = ['-y', '--prefer-offline', ...retries.map((setting) => `--${setting}`)];
  const pnpmArgs = ['--frozen-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false'];
  const args = [...npxArgs, pnpm, 'install', ...pnpmArgs, ...retries.map((setting) => `--config.${setting}`)];
  const [command, ...first] = npx();
  const result = await run(command, [...first, ...args], { cwd: root, env, output: 'tee' }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Trouble('npx was not found. It comes with npm: install Node 20 or newer together with npm.');
  });
  if (result.code === 0) return;
  if (offline.test(result.output)) {
    throw new Trouble(
      'the package registry could not be reached, and the first start has to download packages from it. ' +
        'Check the network (or `npm config get registry`) and start again; what was downloaded is kept.',
    );
  }
  throw new Trouble(`installing failed with exit code ${result.code}; the lines above say why.`);
}

/** The npx beside the npm that started us, else the one on the PATH. @returns {[string, ...string[]]} */
function npx() {
  const npm = process.env.npm_execpath;
  const beside = npm === undefined ? undefined : join(dirname(npm), 'npx-cli.js');
  return beside !== undefined && existsSync(beside) ? [process.execPath, beside] : ['npx'];
}
