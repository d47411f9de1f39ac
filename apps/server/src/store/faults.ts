import type { CannotWrite, ReadFault, WriteFault } from './log-store.ts';

/**
 * The seam through which tests make a store fail. One shared word per step, so that it works across threads and
 * takes effect at once. A store opened without it pays one comparison per step.
 */
export const FAULT_STEPS = ['begin', 'write', 'commit', 'answer', 'checkpoint', 'read'] as const;
/**
 * `begin`, `write`, `commit`: before that step of a batch. `answer`: committed, not yet told. `checkpoint`: before
 * each try to truncate the WAL (SQLite alone). `read`: before each read.
 */
export type FaultStep = (typeof FAULT_STEPS)[number];

export const FAULTS = ['disk-full', 'read-only', 'damaged', 'busy', 'io', 'crash', 'hold'] as const;
/** `crash` kills the process (SIGKILL). `hold` waits at the step until it is cleared. The others are what a disk does. */
export type Fault = (typeof FAULTS)[number];

/** Two words per step: which fault (0 none, else 1 + index in FAULTS), and how many times more (0 = until cleared). */
export type FaultWords = Int32Array<SharedArrayBuffer>;

export interface Faults {
  readonly words: FaultWords;
  /** From now on `step` fails so, `times` times or until it is cleared. */
  set(step: FaultStep, fault: Fault, times?: number): void;
  clear(step: FaultStep): void;
}

export function createFaults(): Faults {
  const words = new Int32Array(new SharedArrayBuffer(FAULT_STEPS.length * 2 * Int32Array.BYTES_PER_ELEMENT));
  const put = (step: FaultStep, fault: number, times: number): void => {
    const slot = slotOf(step);
    Atomics.store(words, slot + 1, times);
    Atomics.store(words, slot, fault);
    Atomics.notify(words, slot);
  };
  return {
    words,
    set: (step, fault, times = 0) => put(step, FAULTS.indexOf(fault) + 1, times),
    clear: (step) => put(step, 0, 0),
  };
}

/** A fault that was asked for, in the words of the outcome it must lead to. */
export class InjectedFault extends Error {
  readonly reason: WriteFault;
  constructor(step: FaultStep, reason: WriteFault) {
    super(`injected at ${step}: ${reason}`);
    this.reason = reason;
  }
  get whenReading(): ReadFault {
    return this.reason === 'damaged' || this.reason === 'busy' ? this.reason : 'io';
  }
  get outcome(): CannotWrite {
    return { ok: false, why: 'cannot-write', reason: this.reason };
  }
}

/** Called by a writer's own thread. Throws InjectedFault, blocks on `hold`, does not return from `crash`. */
export function trip(words: FaultWords | null, step: FaultStep): void {
  if (words === null) return;
  const fault = armed(words, step);
  if (fault !== 'hold') strike(step, fault);
  for (const slot = slotOf(step); Atomics.load(words, slot) === HOLD; ) Atomics.wait(words, slot, HOLD);
}

/** The same for a writer that shares its thread with everybody: it waits without blocking. */
export async function tripAsync(words: FaultWords | null, step: FaultStep): Promise<void> {
  if (words === null) return;
  const fault = armed(words, step);
  if (fault !== 'hold') strike(step, fault);
  for (const slot = slotOf(step); Atomics.load(words, slot) === HOLD; ) {
    await Atomics.waitAsync(words, slot, HOLD).value;
  }
}

function strike(step: FaultStep, fault: Exclude<Fault, 'hold'> | null): void {
  if (fault === null) return;
  if (fault === 'crash') {
    process.kill(process.pid, 'SIGKILL');
    return;
  }
  throw new InjectedFault(step, fault);
}

function armed(words: FaultWords, step: FaultStep): Fault | null {
  const slot = slotOf(step);
  const fault = FAULTS[Atomics.load(words, slot) - 1];
  if (fault === undefined) return null;
  // A count runs down to one, and its last use disarms the step. `hold` ends by being cleared alone.
  if (fault !== 'hold' && Atomics.load(words, slot + 1) > 0 && Atomics.sub(words, slot + 1, 1) === 1) {
    Atomics.store(words, slot, 0);
  }
  return fault;
}

const HOLD = FAULTS.indexOf('hold') + 1;
const slotOf = (step: FaultStep): number => FAULT_STEPS.indexOf(step) * 2;
