import { constants } from 'node:os';

/** How long a group may take to end after it was asked to; the server promises to need less than 5 s. */
const graceMs = 8_000;

/** Process groups that must not outlive this process. */
const groups = /** @type {Set<number>} */ (new Set());
/** @type {NodeJS.Signals | undefined} */
let stoppedBy;

/** The signal that asked this process to stop, if one did. */
export const stopSignal = () => stoppedBy;

/** As a shell counts: 128 + the signal's number. @param {NodeJS.Signals | null} signal */
export const signalCode = (signal) => (signal === null ? 1 : 128 + constants.signals[signal]);

/**
 * From now on the group hears of every signal we get, exactly once, and does not outlive us.
 *
 * @param {number} pid the group's leader, started with `detached`
 */
export function guard(pid) {
  if (groups.size === 0 && process.listenerCount('SIGTERM') === 0) {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, passOn);
    process.on('exit', () => {
      for (const group of groups) signalGroup(group, 'SIGKILL');
    });
    followNpm();
  }
  groups.add(pid);
}

/** A shell between npm and us dies of npm's signal and keeps it to itself; all we see is that our parent is gone. */
function followNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && passOn('SIGTERM'), 300).unref();
}

/** The leader has ended: what it left behind ends too. @param {number} pid */
export function release(pid) {
  groups.delete(pid);
  signalGroup(pid, 'SIGKILL');
}

/** Asks a guarded group to end, and makes it when it does not. @param {number} pid */
export function endGroup(pid) {
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => groups.has(pid) && signalGroup(pid, 'SIGKILL'), graceMs).unref();
}

/** Asks every guarded group to end. */
export function endAllGroups() {
  for (const pid of groups) endGroup(pid);
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  // npm and the terminal may both tell us; passed on twice, a clean stop would look like impatience.
  if (stoppedBy !== undefined) return;
  stoppedBy = signal;
  if (groups.size === 0) process.exit(signalCode(signal));
  for (const pid of groups) signalGroup(pid, signal);
  setTimeout(() => {
    for (const pid of groups) signalGroup(pid, 'SIGKILL');
  }, graceMs).unref();
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
