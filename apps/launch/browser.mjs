import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './places.mjs';
import { run } from './run.mjs';
import { Trouble } from './trouble.mjs';

const minute = 60_000;
const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome'];
const macApps = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
const playwright = join(root, 'test', 'node_modules', 'playwright-core', 'cli.js');

/**
 * A Chromium that was seen to show a page: the one asked for, the system's, Playwright's, or a newly installed one.
 *
 * @param {string} node
 * @returns {Promise<string>} its path
 */
export async function findBrowser(node) {
  const asked = process.env.MEND_CHROMIUM;
  if (asked) {
    if (await shows(asked)) return asked;
    throw new Trouble(`MEND_CHROMIUM names ${asked}, and that does not start and show a page.`);
  }
  return (
    (await firstThatShows(systemBrowsers())) ??
    (await downloaded(node)) ??
    (await fromDebian()) ??
    fail(
      'no Chromium could be had: none on the PATH starts, Playwright could not download one that does, and ' +
        "installing the system's needs root on a Debian-like system. Install Chromium or Chrome, or set " +
        'MEND_CHROMIUM to the path of one.',
    )
  );
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  throw new Trouble(sentence);
}

function systemBrowsers() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const applications =
    process.platform === 'darwin' ? ['/Applications', join(homedir(), 'Applications')] : [];
  return [...onPath, ...applications.flatMap((folder) => macApps.map((app) => join(folder, app)))];
}

/**
 * @param {string[]} paths
 * @returns {Promise<string | undefined>}
 */
async function firstThatShows(paths) {
  for (const path of paths) if (existsSync(path) && (await shows(path))) return path;
  return undefined;
}

/**
 * A browser may print its version and still lack what it needs to draw a page, so it has to show one.
 *
 * @param {string} path
 */
async function shows(path) {
  const profile = mkdtempSync(join(tmpdir(), 'mend-browser-'));
  const sign = `seen-${process.pid}`;
  const args = [
    '--headless',
    '--no-sandbox', // As Playwright starts it; without, neither root nor most containers can.
    '--disable-gpu',
    '--disable-quic',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--user-data-dir=${profile}`,
    '--dump-dom',
    `data:text/html,<p id="${sign}">${sign}</p>`,
  ];
  try {
    const { output } = await run(path, args, { limitMs: minute, output: 'quiet' });
    return output.includes(`<p id="${sign}">`);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Playwright's own Chromium, downloaded when it is not there yet.
 *
 * @param {string} node
 * @returns {Promise<string | undefined>}
 */
async function downloaded(node) {
  const before = await playwrightPath(node);
  if (before !== undefined && existsSync(before) && (await shows(before))) return before;
  console.log('No Chromium here yet: downloading the one Playwright offers …');
  await run(node, [playwright, 'install', '--no-shell', 'chromium'], { limitMs: 15 * minute, output: 'tee' });
  const path = await playwrightPath(node);
  return path === undefined ? undefined : firstThatShows([path]);
}

/**
 * @param {string} node
 * @returns {Promise<string | undefined>} where Playwright puts its Chromium, whether it is there or not
 */
async function playwrightPath(node) {
  const ask = "console.log(require('playwright-core').chromium.executablePath())";
  const { code, output } = await run(node, ['-e', ask], { cwd: join(root, 'test'), output: 'quiet' });
  return code === 0 ? output.trim() : undefined;
}

/** @returns {Promise<string | undefined>} */
async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('Installing the system’s Chromium with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env, limitMs: 10 * minute, output: 'tee' });
  const args = ['install', '-y', '--no-install-recommends', 'chromium'];
  await run('apt-get', args, { env, limitMs: 20 * minute, output: 'tee' });
  return firstThatShows(systemBrowsers());
}
