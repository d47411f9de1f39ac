import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { notes, root } from './places.mjs';
import { run } from './run.mjs';
import { tallyOfCheck, tallyOfTests } from './tally.mjs';

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 *
 * @typedef {object} Tools
 * @property {string} node the Node that runs every tool
 * @property {string} [browser] handed to the tests as MEND_CHROMIUM
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [needsBrowser]
 * @property {(tools: Tools) => Promise<Tally>} run
 */

const bin = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path);
const biome = bin('@biomejs', 'biome', 'bin', 'biome');
const tsc = bin('typescript', 'bin', 'tsc');
const vitest = bin('vitest', 'vitest.mjs');

/** In the order they run. @type {Stage[]} */
export const stages = [
  check('lint', 2, [
    biome,
    'ci',
    '--error-on-warnings',
    `--colors=${process.stdout.isTTY ? 'force' : 'off'}`,
    '.',
  ]),
  check('types', 5, [tsc, '-p', 'tsconfig.json']),
  ...['core', 'protocol', 'exercises'].map((name) =>
    check(`types-${name}`, 5, [tsc, '-p', join('packages', name, 'tsconfig.json')]),
  ),
  tests('unit', 10),
  tests('contract', 10),
  tests('wire', 15),
  tests('simulation', 20),
  tests('crash', 10),
  tests('fuzz', 10),
  tests('architecture', 5),
  { ...tests('e2e', 30), needsBrowser: true },
];

/**
 * @param {string} name
 * @param {number} minutes
 * @param {string[]} args
 * @returns {Stage}
 */
function check(name, minutes, args) {
  return {
    name,
    run: async ({ node }) => tallyOfCheck(await run(node, args, { cwd: root, limitMs: minutes * 60_000 })),
  };
}

/**
 * @param {string} name a project of test/vitest.config.ts
 * @param {number} minutes generous: it is there so that nothing hangs, not to measure
 * @returns {Stage}
 */
function tests(name, minutes) {
  return {
    name,
    run: async ({ node, browser }) => {
      const reportPath = join(notes, `report-${process.pid}-${name}.json`);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
      const args = [vitest, 'run', '--config', 'test/vitest.config.ts', '--project', name, ...reporters];
      const env = browser === undefined ? process.env : { ...process.env, MEND_CHROMIUM: browser };
      const result = await run(node, args, { cwd: root, env, limitMs: minutes * 60_000 });
      const report = readReport(reportPath);
      rmSync(reportPath, { force: true });
      return tallyOfTests(result, report);
    },
  };
}

/**
 * @param {string} path
 * @returns {import('./tally.mjs').VitestReport | undefined}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
