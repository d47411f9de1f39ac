import { spawn } from 'node:child_process';
import { endGroup, guard, release, signalCode, stopSignal } from './process-groups.mjs';
import { Stopped } from './trouble.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limitMs] when it takes longer, its whole process group is ended
 * @property {'show' | 'tee' | 'quiet'} [output] show: straight to the terminal; tee: shown and kept; quiet: kept
 * @property {boolean} [leash] a Node program that stops when we vanish, see leash.mjs
 *
 * @typedef {object} RunResult
 * @property {number} code 0 for success; 128 + n when a signal ended it, as a shell would say
 * @property {boolean} timedOut
 * @property {string} output the last part of what it wrote, empty with `show`
 */

const keepChars = 200_000;
const leash = new URL('./leash.mjs', import.meta.url).href;

/**
 * Runs a program to its end, in a process group of its own, which ends with it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} rejects when the program cannot be started at all
 */
export function runToEnd(command, args, options = {}) {
  const { cwd, env = process.env, limitMs, output = 'show' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, options.leash ? ['--import', leash, ...args] : args, {
      cwd,
      env,
      detached: true,
      stdio: stdioFor(output, options.leash === true),
    });
    let kept = '';
    let timedOut = false;
    /** @type {(show: NodeJS.WriteStream) => (chunk: Buffer) => void} */
    const keep = (show) => (chunk) => {
      kept = (kept + chunk).slice(-keepChars);
      if (output === 'tee') show.write(chunk);
    };
    child.stdout?.on('data', keep(process.stdout));
    child.stderr?.on('data', keep(process.stderr));
    const { pid } = child;
    if (pid !== undefined) guard(pid);
    const outOfTime = () => {
      timedOut = true;
      if (pid !== undefined) endGroup(pid);
    };
    const limit = limitMs === undefined ? undefined : setTimeout(outOfTime, limitMs);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(limit);
      if (pid !== undefined) release(pid);
      const done = () => resolve({ code: code ?? signalCode(signal), timedOut, output: kept });
      if (output === 'show') done();
      else child.on('close', done);
    });
  });
}

/**
 * Like `runToEnd`, for a step on the way to something: when a signal asked us to stop, there is no next step.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function run(command, args, options) {
  const result = await runToEnd(command, args, options);
  const signal = stopSignal();
  if (signal !== undefined) throw new Stopped(signalCode(signal));
  return result;
}

/**
 * @param {RunOptions['output']} output
 * @param {boolean} leashed
 * @returns {import('node:child_process').StdioOptions}
 */
function stdioFor(output, leashed) {
  if (output !== 'show') return ['ignore', 'pipe', 'pipe'];
  return leashed ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
}
