import type { SessionId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { Chain, Sha256 } from './chain.ts';
import { proveChain, sameBytes } from './chain-proof.ts';
import { proveContent } from './content-proof.ts';
import type { StoredEntry } from './envelope.ts';
import type { LogFault } from './faults.ts';

/** What is known of a log from elsewhere. Without it a log whose tail was cut off looks whole. */
export interface Known {
  readonly sha256: Sha256;
  /** Seq of its last entry. */
  readonly head?: number;
  /** The link of its last entry. */
  readonly link?: Uint8Array;
  /** An entry that it had at some time, which it may have outgrown, and its link. */
  readonly anchor?: { readonly seq: number; readonly link: Uint8Array };
}

/** An entry, by its seq, and what is wrong with it. */
export interface BrokenEntry {
  readonly seq: number;
  readonly code: LogFault;
}

export interface Proven {
  /** Seq of the last entry; 0 where there is none. */
  readonly head: number;
  /** Its link: keep it elsewhere, and it is an anchor for all that is in front of it. */
  readonly link: Uint8Array;
  readonly turns: number;
  /** Whether the anchor was found; false where words have been replaced there, so that nothing can be said. */
  readonly anchored: boolean;
}

/**
 * Proves the laws of a session from its stored log alone, or names the first entry that breaks one. `entries`: in the
 * order of the store, from its first; also a history from which nothing was removed. Pure, and answers without a word
 * of what it read.
 */
export function verify(
  session: SessionId,
  entries: readonly StoredEntry[],
  { sha256, head, link, anchor }: Known,
): Result<Proven, BrokenEntry> {
  const links = proveChain(session, entries, sha256);
  const content = proveContent(session);
  let isAnchored = false;
  for (const stored of entries) {
    const { seq } = stored;
    const before = links.chain().head;
    const fault = links.take(stored);
    if (fault) return err({ seq, code: fault });
    if (head !== undefined && seq > head) return err({ seq, code: 'beyond-head' });
    const there = anchor && linkAt(links.chain(), anchor.seq);
    if (anchor && there && !sameBytes(there, anchor.link)) return err({ seq, code: 'anchor' });
    isAnchored ||= there !== undefined;
    const code = content.take(stored, seq !== before + 1);
    if (code) return err({ seq, code });
  }
  const end = links.chain();
  const missing = Math.max(head ?? 0, anchor?.seq ?? 0) > end.head;
  if (missing || (link && !sameBytes(link, end.link))) return err({ seq: end.head + 1, code: 'tail' });
  return ok({
    head: end.head,
    link: end.link.slice(),
    turns: content.session().turns.length,
    anchored: isAnchored,
  });
}

/** The link of the entry just taken, or of the last one of a run that was replaced. */
const linkAt = ({ head, link, holes }: Chain, seq: number): Uint8Array | undefined =>
  seq === head ? link : holes.find(({ to }) => to === seq)?.link;
