/**
 * Words that are being typed one after the other (rule D27). Nearly all that is written is a run: each update puts a
 * few characters right behind those of the one before. Where the first of them was judged against the document, the
 * next can be judged against it alone, without looking at the document, and so before the document has the first.
 */

import { decode, type Id, type WireStruct } from './decode.ts';
import type { GuardOptions, GuardVerdict } from './guard.ts';
import { LIMITS, type Limits } from './limits.ts';
import { sameId } from './order.ts';
import { findForbidden, hasBidiMarks } from './words.ts';

export type ApplyVerdict = Extract<GuardVerdict, { readonly verdict: 'apply' }>;

export interface Run {
  readonly client: number;
  /** The text that it is in. */
  readonly root: string;
  /** The clock after its last character. */
  readonly next: number;
  /** The character on its right; null where it is the text's end. */
  readonly right: Id | null;
  /** Visible UTF-16 code units of the whole text, its own included. */
  readonly units: number;
}

export interface RunOn {
  /** What `check` would say of a document that has the run. */
  readonly verdict: ApplyVerdict;
  readonly run: Run;
}

/**
 * The run that an update begins, once `check` has let it through; null where it is more than new words in one place.
 * It holds for as long as nothing but its own continuations changes the document.
 *
 * @param units visible UTF-16 code units of the text with this update
 */
export function beginRun(
  update: Uint8Array,
  { clientId, writable, limits = LIMITS }: GuardOptions,
  verdict: ApplyVerdict,
  units: number,
): Run | null {
  const words = onlyWords(update, clientId, limits);
  if (words === null || writable === null || words.clock !== verdict.from) return null;
  return { client: clientId, root: writable, next: verdict.to, right: words.rightOrigin, units };
}

/** Null where the update is no continuation of the run, or not plainly a lawful one: then `check` has to judge it. */
export function continueRun(
  run: Run,
  update: Uint8Array,
  { clientId, writable, limits = LIMITS }: GuardOptions,
): RunOn | null {
  if (clientId !== run.client || writable !== run.root) return null;
  const added = onlyWords(update, clientId, limits);
  if (added === null || added.clock !== run.next) return null;
  const { origin, rightOrigin, words, length } = added;
  if (words === null || findForbidden(words) !== -1) return null;
  if (!sameId(origin, { client: run.client, clock: run.next - 1 }) || !sameId(rightOrigin, run.right))
    return null;
  const units = run.units + length;
  if (units > limits.turnText || length > limits.newClocks) return null;
  const to = run.next + length;
  const flags = hasBidiMarks(words) ? BIDI : NO_FLAGS;
  return {
    verdict: {
      ok: true,
      verdict: 'apply',
      apply: update,
      added: length,
      deleted: 0,
      from: run.next,
      to,
      flags,
    },
    run: { ...run, next: to, units },
  };
}

const NO_FLAGS: ApplyVerdict['flags'] = [];
const BIDI: ApplyVerdict['flags'] = ['bidi'];

/** The one struct of an update that is nothing but one struct of words of this client. */
function onlyWords(update: Uint8Array, client: number, limits: Limits): WireStruct | null {
  if (update.length > limits.updateBytes) return null;
  const read = decode(update, limits);
  if (!read.ok || read.value.deletions.length > 0) return null;
  const [section, ...others] = read.value.sections;
  const struct = section?.structs[0];
  if (!section || !struct || others.length > 0 || section.client !== client) return null;
  return section.structs.length === 1 && struct.words !== null ? struct : null;
}
