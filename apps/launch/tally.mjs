/**
 * What became of a stage's tests.
 *
 * @typedef {{ passed: number, failed: number, why?: string }} Tally `why`: set when the stage itself went wrong
 */

/**
 * The parts of vitest's JSON report that are counted.
 *
 * @typedef {object} VitestReport
 * @property {{ status: string, name: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * A stage that is one test: it ended well or it did not.
 *
 * @param {{ code: number, timedOut: boolean }} result
 * @returns {Tally}
 */
export function tallyOfCheck({ code, timedOut }) {
  if (timedOut) return { passed: 0, failed: 1, why: 'took too long and was ended' };
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * A stage that is many tests. Whatever did not pass has failed, also what was skipped; a file that could not be
 * loaded is one failed test; so is a stage that ran no test, or ended badly though every test passed.
 *
 * @param {{ code: number, timedOut: boolean }} result
 * @param {VitestReport | undefined} report nothing when the stage left none
 * @returns {Tally}
 */
export function tallyOfTests({ code, timedOut }, report) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = tests.length - passed + broken;
  if (timedOut) return { passed, failed: failed + 1, why: 'took too long and was ended' };
  if (report === undefined)
    return { passed: 0, failed: 1, why: `ended without a report (exit code ${code})` };
  if (passed + failed === 0) return { passed: 0, failed: 1, why: 'ran no test' };
  if (failed === 0 && code !== 0) return { passed, failed: 1, why: `ended with exit code ${code}` };
  return { passed, failed };
}

/**
 * The last line of `npm test`.
 *
 * @param {Tally[]} tallies
 */
export function summaryLine(tallies) {
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
