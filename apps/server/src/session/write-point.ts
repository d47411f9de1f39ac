/**
 * The write path in named points, so that a test can end the process between any two of its steps:
 *
 * words: `words-in` → judged → `words-judged` → applied → `words-applied` → append asked for → `append-asked` → the
 * store's own steps (see store/faults.ts) → `durable` → sent to the others → `words-sent` → called saved →
 * `saved-told`; commands: `command-in` → judged → `command-judged` → folded, and append asked for → `append-asked` →
 * the store → `durable` → shown to everybody → `views-sent` → answered → `acknowledged`.
 *
 * A step that is added to the path gets a point of its own. Each is one call, so that nothing can come between the
 * step and its point, and the program that serves people hands in nothing to be called.
 */
export const WRITE_POINTS = [
  'words-in',
  'words-judged',
  'words-applied',
  'command-in',
  'command-judged',
  'append-asked',
  'durable',
  'words-sent',
  'saved-told',
  'views-sent',
  'acknowledged',
] as const;
export type WritePoint = (typeof WRITE_POINTS)[number];

/** Told of each point as it is passed, on the thread that passes it. Must not throw. */
export type Passing = (point: WritePoint) => void;

export const unwatched: Passing = () => {};
