import type { Seat } from '../ids.ts';

/** The silent signals of the one who listens. */
export const SIGNALS = ['with-you', 'slower', 'a-turn', 'a-pause'] as const;
export type Signal = (typeof SIGNALS)[number];

/** What is said to some seats and never kept. */
export interface Notice {
  readonly to: readonly Seat[];
  readonly body:
    | { readonly type: 'signal'; readonly from: Seat; readonly kind: Signal }
    | { readonly type: 'line'; readonly from: Seat; readonly text: string };
}
