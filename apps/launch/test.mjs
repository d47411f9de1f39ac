import { findBrowser } from './browser.mjs';
import { ensureBuilt } from './build-web.mjs';
import { ensureInstalled } from './install.mjs';
import { stages } from './stages.mjs';
import { summaryLine } from './tally.mjs';
import { runCommand, Stopped, Trouble } from './trouble.mjs';

/**
 * @typedef {import('./stages.mjs').Stage} Stage
 * @typedef {import('./tally.mjs').Tally} Tally
 */

await runCommand(async () => {
  const chosen = chooseStages(process.argv.slice(2));
  const tallies = await runStages(chosen);
  const failed = tallies.some((tally) => tally.failed > 0);
  console.log(summaryLine(tallies));
  return failed ? 1 : 0;
});

/**
 * @param {string[]} wanted names of stages, none for all
 * @returns {Stage[]}
 */
function chooseStages(wanted) {
  const known = stages.map((stage) => stage.name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Trouble(`there is no stage ${unknown.join(', ')}; the stages are ${known.join(', ')}.`);
  }
  return wanted.length === 0 ? stages : stages.filter((stage) => wanted.includes(stage.name));
}

/**
 * Goes on after a stage that failed, so that one run shows every fault.
 *
 * @param {Stage[]} chosen
 * @returns {Promise<Tally[]>}
 */
async function runStages(chosen) {
  const preparation = /** @type {Tally[]} */ ([]);
  const node = await prepare(preparation, 'install', ensureInstalled);
  if (node === undefined) return preparation;
  await prepare(preparation, 'build', () => ensureBuilt(node));
  const needsBrowser = chosen.some((stage) => stage.needsBrowser === true);
  const browser = needsBrowser ? await prepare(preparation, 'browser', () => findBrowser(node)) : undefined;
  if (browser !== undefined) console.log(`Browser: ${browser}`);
  const results = /** @type {Tally[]} */ ([]);
  for (const stage of chosen) {
    // Counted already, as the browser that could not be had.
    if (stage.needsBrowser === true && browser === undefined) continue;
    results.push(
      await timed(stage.name, () => stage.run(browser === undefined ? { node } : { node, browser })),
    );
  }
  return [...preparation, ...results];
}

/**
 * A step that counts only when it fails.
 *
 * @template T
 * @param {Tally[]} tallies
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
async function prepare(tallies, name, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stopped) throw error;
    console.log(`${name}: FAILED, ${messageOf(error)}`);
    tallies.push({ passed: 0, failed: 1 });
    return undefined;
  }
}

/**
 * @param {string} name
 * @param {() => Promise<Tally>} work
 * @returns {Promise<Tally>}
 */
async function timed(name, work) {
  console.log(`\n=== ${name} ===`);
  const start = performance.now();
  const tally = await work().catch(tallyOfCrash);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const why = tally.why === undefined ? '' : `: ${tally.why}`;
  console.log(`--- ${name}: ${summaryLine([tally])} in ${seconds} s${why}`);
  return tally;
}

/**
 * @param {unknown} error
 * @returns {Tally}
 */
function tallyOfCrash(error) {
  if (error instanceof Stopped) throw error;
  return { passed: 0, failed: 1, why: messageOf(error) };
}

/** @param {unknown} error */
function messageOf(error) {
  if (error instanceof Trouble) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
