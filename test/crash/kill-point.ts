import { WRITE_POINTS } from '@mend/server/session';

/** The store's own steps, each a point to be killed before; `checkpoint` comes after a turn has ended. */
const STORE_STEPS = ['begin', 'write', 'commit', 'answer', 'checkpoint'] as const;
export type StoreStep = (typeof STORE_STEPS)[number];

export const KILL_POINTS = [...WRITE_POINTS, ...STORE_STEPS] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

export const isStoreStep = (point: KillPoint): point is StoreStep =>
  STORE_STEPS.some((step) => step === point);

/** How a server is to end: by itself when it passes a point for the n-th time, or from outside after some time. */
export type Kill = (
  | { readonly at: KillPoint; readonly times: number }
  | { readonly at: 'any time'; readonly afterMs: number }
) & {
  /** From its first breath, while people come back; or once everybody is back. */
  readonly from: 'start' | 'everybody back';
};

export const sentenceOf = (kill: Kill): string =>
  `${kill.at === 'any time' ? `after ${kill.afterMs} ms` : `at ${kill.at}, time ${kill.times}`} from ${kill.from}`;

/** What the driver says to the server's process. */
export type ToServer =
  | { readonly type: 'start'; readonly file: string; readonly port: number }
  | { readonly type: 'arm'; readonly at: KillPoint; readonly times: number };

/** What it says back. `trouble`: it logged an error, which no kill may lead to. */
export type FromServer =
  | { readonly type: 'loaded'; readonly pid: number }
  | { readonly type: 'listening' }
  | { readonly type: 'trouble'; readonly what: string };
