/** Something the person who started Mend can understand and mend; printed as one sentence, without a stack. */
export class Trouble extends Error {}

/** A signal asked us to stop: nothing to say, only the exit code a shell expects. */
export class Stopped extends Error {
  /** @param {number} code 128 + the signal's number */
  constructor(code) {
    super('Stopped by a signal.');
    this.code = code;
  }
}

/**
 * The one boundary of every command here: runs it, prints trouble as a sentence, sets the exit code.
 *
 * @param {() => Promise<number>} command resolves to the exit code
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (error instanceof Stopped) {
      process.exitCode = error.code;
      return;
    }
    if (!(error instanceof Trouble)) throw error;
    console.error(`\nMend could not go on: ${error.message}`);
    process.exitCode = 1;
  }
}
