import type { Live, Run } from '../state.ts';

export function changeRun(live: Live, change: (run: Run) => Partial<Run>): Live {
  if (!live.run) throw new Error('no exercise runs');
  return { ...live, run: { ...live.run, ...change(live.run) } };
}
