/** How long the event loop may stand still, in milliseconds. */
export const LONGEST_MS = 100;

/**
 * Counts calls that took too long by work of their own. On a busy machine a thread may stand still without working,
 * so a call that seems slow counts only where this thread has worked for so long since `begin`.
 */
export interface Slowness {
  begin(): void;
  watch<T>(call: () => T): T;
  count(): number;
}

export function createSlowness(): Slowness {
  let slow = 0;
  let begun = process.threadCpuUsage();
  return {
    begin() {
      begun = process.threadCpuUsage();
    },
    watch(call) {
      const before = performance.now();
      const result = call();
      if (performance.now() - before > LONGEST_MS) {
        const { user, system } = process.threadCpuUsage(begun);
        if ((user + system) / 1_000 > LONGEST_MS) slow += 1;
      }
      return result;
    },
    count: () => slow,
  };
}
