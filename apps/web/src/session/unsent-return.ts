/** What becomes of the words that a reload or a killed tab left unsent, once the server's text is known. Pure. */

import { type Edit, editBetween } from './graphemes.ts';
import type { Unsent } from './unsent-words.ts';

export type UnsentReturn =
  /** The server has every word. */
  | { readonly kind: 'nothing' }
  /** The turn goes on: this makes its text what the writer last saw. */
  | { readonly kind: 'edit'; readonly edit: Edit }
  /** They cannot go back by themselves, and are offered as a private draft. */
  | { readonly kind: 'draft'; readonly words: string; readonly whole: string };

/**
 * Only the turn's holder writes in it, so what the server has is usually a piece of the way from `base` to `whole`,
 * and one edit leads there. Words that the server has and the writer's last view had not are taken out only if the
 * server still has exactly `base`: then the writer had deleted them. Otherwise they came from a second device, and
 * nothing that was shown is ever removed by a merge.
 *
 * @param server the turn's text as the server has it
 * @param mayWrite whether the turn is still this person's to write in
 */
export function planReturn(unsent: Unsent, server: string, mayWrite: boolean): UnsentReturn {
  const { whole, base } = unsent;
  const edit = editBetween(server, whole);
  if (edit === null) return { kind: 'nothing' };
  if (mayWrite && (edit.remove === 0 || server === base)) return { kind: 'edit', edit };
  return edit.insert.trim() === '' ? { kind: 'nothing' } : { kind: 'draft', words: edit.insert, whole };
}
