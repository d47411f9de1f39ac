import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, sourcesBelow } from './fingerprint.mjs';
import { alone } from './install.mjs';
import { notes, root, webDist, webRoot } from './places.mjs';
import { run } from './run.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { Trouble } from './trouble.mjs';

/** Inside the built folder, so that folder and stamp appear in one rename and cannot contradict each other. */
const stampName = '.built';

/** The program of Vite, run by our Node rather than by a shell script that looks for one. */
export const vite = join(webRoot, 'node_modules', 'vite', 'bin', 'vite.js');

/**
 * Builds the web client into apps/web/dist unless it was built from exactly these sources.
 *
 * @param {string} node
 */
export async function ensureBuilt(node) {
  const wanted = buildFingerprint();
  if (isBuilt(wanted)) return;
  await alone(async () => {
    if (isBuilt(wanted)) return;
    console.log('Building the web client …');
    const draft = join(notes, 'web-draft');
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(notes, { recursive: true });
    await build(node, draft);
    writeStamp(join(draft, stampName), { fingerprint: wanted });
    replace(webDist, draft);
  });
}

/** @param {string} wanted */
function isBuilt(wanted) {
  return (
    readStamp(join(webDist, stampName))?.fingerprint === wanted && existsSync(join(webDist, 'index.html'))
  );
}

function buildFingerprint() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  const sources = [webRoot, ...packages].flatMap(sourcesBelow);
  return fingerprint(root, [join(root, 'pnpm-lock.yaml'), join(root, 'tsconfig.json'), ...sources]);
}

/**
 * @param {string} node
 * @param {string} folder
 */
async function build(node, folder) {
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  const { code } = await run(node, args, { cwd: webRoot, env, output: 'tee' });
  if (code !== 0) throw new Trouble(`the web client could not be built (exit code ${code}); see above.`);
  if (!existsSync(join(folder, 'index.html'))) throw new Trouble('the build made no index.html.');
}

/**
 * A running server goes on serving the old files until the new ones are complete.
 *
 * @param {string} folder
 * @param {string} draft
 */
function replace(folder, draft) {
  const old = join(notes, 'web-old');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
}
