/**
 * What a text field shows and what the shared text holds, run by run. The two differ while an input method composes:
 * nothing may be set in the field then, and nothing half-composed may be sent, but words from elsewhere go on arriving.
 * Positions are UTF-16 code units. Pure.
 */

/**
 * - `both`: stands in the field and in the text;
 * - `text`: in the text alone: came from elsewhere and is not shown yet;
 * - `field`: in the field alone: was deleted elsewhere, or may not be sent.
 */
export interface Run {
  readonly where: 'both' | 'text' | 'field';
  readonly length: number;
}
export type Shadow = readonly Run[];

/** One step of a change of the text, as Yjs tells it. */
export type TextStep =
  | { readonly retain: number }
  | { readonly insert: number }
  | { readonly delete: number };

/** What a change in the field asks of the text: the ranges to delete, ascending, then the place to insert at. */
export interface TextChange {
  readonly deletions: readonly { readonly at: number; readonly length: number }[];
  readonly insertAt: number;
}

const inField = (run: Run): number => (run.where === 'text' ? 0 : run.length);
const inText = (run: Run): number => (run.where === 'field' ? 0 : run.length);

/** The shadow of words that are shown as they are: a CR in front of an LF is the only thing a field does not show. */
export function shadowOf(words: string): Shadow {
  const runs: Run[] = [];
  let from = 0;
  for (let cr = words.indexOf('\r\n'); cr !== -1; cr = words.indexOf('\r\n', cr + 2)) {
    push(runs, 'both', cr - from);
    push(runs, 'text', 1);
    from = cr + 1;
  }
  push(runs, 'both', words.length - from);
  return runs;
}

/** The shadow after the text was changed from elsewhere; the field still shows what it showed. */
export function afterTextChange(shadow: Shadow, steps: readonly TextStep[]): Shadow {
  const runs: Run[] = [];
  const rest = [...shadow].reverse();

  const pass = (count: number, kept: boolean): void => {
    let left = count;
    while (left > 0) {
      const run = rest.pop();
      if (run === undefined) return;
      const taken = run.where === 'field' ? run.length : Math.min(run.length, left);
      if (run.where !== 'field') left -= taken;
      if (kept || run.where === 'field') push(runs, run.where, taken);
      else if (run.where === 'both') push(runs, 'field', taken);
      if (taken < run.length) rest.push({ where: run.where, length: run.length - taken });
    }
  };

  for (const step of steps) {
    if ('insert' in step) push(runs, 'text', step.insert);
    else if ('retain' in step) pass(step.retain, true);
    else pass(step.delete, false);
  }
  for (const run of rest.reverse()) push(runs, run.where, run.length);
  return runs;
}

/**
 * The shadow after `remove` code units of the field at `at` gave way to others, and what that asks of the text. What
 * came from elsewhere into the removed range stays. `typed` is how many code units stand in the field now, `kept` how
 * many of them the text takes; null where it takes them as they are.
 */
export function afterFieldChange(
  shadow: Shadow,
  edit: {
    readonly at: number;
    readonly remove: number;
    readonly typed: number;
    readonly kept: number | null;
  },
): { readonly shadow: Shadow; readonly change: TextChange } {
  const { before, after } = split(shadow, edit.at);
  const { before: removed, after: rest } = split(after, edit.remove);
  const runs = [...before];
  const insertAt = before.reduce((sum, run) => sum + inText(run), 0);
  if (edit.kept === null) push(runs, 'both', edit.typed);
  else {
    // The words first: the caret, behind what was typed, is then behind them too.
    push(runs, 'text', edit.kept);
    push(runs, 'field', edit.typed);
  }
  const deletions: { at: number; length: number }[] = [];
  let at = insertAt;
  for (const run of removed) {
    if (run.where === 'both') deletions.push({ at, length: run.length });
    if (run.where === 'text') push(runs, 'text', run.length);
    at += inText(run);
  }
  for (const run of rest) push(runs, run.where, run.length);
  return { shadow: runs, change: { deletions, insertAt } };
}

/**
 * Where a position of the field is in the text. Words from elsewhere that arrived at this very place lie behind it,
 * or in front of it with `side` `after`.
 */
export function textIndex(shadow: Shadow, at: number, side: 'before' | 'after'): number {
  let field = 0;
  let text = 0;
  for (const run of shadow) {
    const shown = inField(run);
    if (field + shown > at) return text + (run.where === 'both' ? at - field : 0);
    if (shown === 0 && field === at && side === 'before') return text;
    field += shown;
    text += inText(run);
    if (field === at && side === 'before') return text;
  }
  return text;
}

/** Cuts the runs where `count` code units of the field are passed, before whatever the field does not show there. */
function split(shadow: Shadow, count: number): { before: Run[]; after: Run[] } {
  const before: Run[] = [];
  const after: Run[] = [];
  let left = count;
  for (const run of shadow) {
    if (left === 0 || after.length > 0) {
      after.push(run);
      continue;
    }
    const shown = Math.min(inField(run), left);
    if (run.where === 'text') before.push(run);
    else {
      push(before, run.where, shown);
      push(after, run.where, run.length - shown);
      left -= shown;
    }
  }
  return { before, after };
}

function push(runs: Run[], where: Run['where'], length: number): void {
  if (length === 0) return;
  const last = runs.at(-1);
  if (last?.where === where) runs[runs.length - 1] = { where, length: last.length + length };
  else runs.push({ where, length });
}
